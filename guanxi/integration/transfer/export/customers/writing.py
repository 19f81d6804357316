from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.utils.translation import override

from guanxi.customer.fields import SENSITIVE, custom_fields
from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.export.asking import customers_of
from guanxi.integration.transfer.export.customers.cards import write_cards
from guanxi.integration.transfer.export.customers.columns import columns
from guanxi.integration.transfer.export.customers.lines import write_lines
from guanxi.integration.transfer.export.customers.tables import write_csv, write_workbook
from guanxi.integration.transfer.export.customers.taking import AT_ONCE, Taken, taken
from guanxi.integration.transfer.export.models import Export

Tell = Callable[[int], None]


def write_customers(export: Export, by: User, path: Path, tell: Tell) -> int:
    """Write the customers that the export asks for, as `by` may see them now; how many.

    Never more than were counted against the colleague's day, though more may meet the filter by now. `tell` is called
    every thousand customers with their number, and may raise to stop the writing.
    """
    sensitive = may(by, SENSITIVE)
    found = customers_of(export.question, by, export.asked_at)[: export.rows]
    customers = _told(taken(found, sensitive=sensitive), tell)
    with override(export.language):
        return _write(export.format, path, customers, sensitive=sensitive)


def _write(form: str, path: Path, customers: Iterable[Taken], *, sensitive: bool) -> int:
    if form == Export.Format.JSON_LINES:
        return write_lines(path, customers)
    if form in {Export.Format.VCARD_3, Export.Format.VCARD_4}:
        return write_cards(path, customers, "4.0" if form == Export.Format.VCARD_4 else "3.0")
    table = columns([each.label for each in custom_fields(sensitive=sensitive)])
    return write_csv(path, customers, table) if form == Export.Format.CSV else write_workbook(path, customers, table)


def _told(customers: Iterator[Taken], tell: Tell) -> Iterator[Taken]:
    for number, customer in enumerate(customers, start=1):
        yield customer
        if number % AT_ONCE == 0:
            tell(number)
