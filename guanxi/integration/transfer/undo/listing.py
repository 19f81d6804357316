"""The customers who stay, as a page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.downloads import csv_lines
from guanxi.integration.transfer.undo.models import KeptCustomer, Undo
from guanxi.integration.transfer.undo.words import REASONS

AT_ONCE = 5_000


@dataclass(frozen=True)
class KeptRow:
    """A customer who stays. `name` is empty when the reader may not see him."""

    external_id: str
    party: int
    name: str
    why: Promise


def kept_rows(undo: Undo, *, user: User, after: int, most: int) -> tuple[list[KeptRow], int | None]:
    """Those after a row's id, at most so many, and the id with which the list goes on."""
    found = list(KeptCustomer.objects.filter(undo=undo, pk__gt=after).order_by("pk")[: most + 1])
    page = found[:most]
    names = dict(visible_parties(user).filter(pk__in=[each.party for each in page]).values_list("pk", "name"))
    rows = [KeptRow(each.external_id, each.party, names.get(each.party, ""), REASONS[each.why]) for each in page]
    return rows, page[-1].pk if len(found) > most else None


def kept_csv(undo: Undo) -> Iterator[str]:
    """Every one of them with customer number, customer and reason."""
    found = KeptCustomer.objects.filter(undo=undo).order_by("pk").iterator(AT_ONCE)
    head = [_("Customer number"), _("Customer"), _("Reason")]
    return csv_lines(head, ([each.external_id, str(each.party), str(REASONS[each.why])] for each in found))
