"""Every column of the house that says whose a row is, found from the models themselves."""

from dataclasses import dataclass
from functools import cache

from guanxi.customer.foreign_keys import foreign_keys
from guanxi.customer.models import Party, SourceRecord


@dataclass(frozen=True, order=True)
class Link:
    """A table in which the party column `party` follows the source record in the column `record`."""

    table: str
    party: str
    record: str


@cache
def links() -> tuple[Link, ...]:
    """A party follows the record beside it: `party` follows `source_record`, any other name `<name>_record`."""
    records = {(model, field.name): str(field.column) for model, field in foreign_keys(SourceRecord)}
    parties = ((model, field, (model, record_of(field.name))) for model, field in foreign_keys(Party))
    followed = (
        Link(model._meta.db_table, str(field.column), records[record])
        for model, field, record in parties
        if record in records
    )
    return tuple(sorted(followed))


def record_of(party: str) -> str:
    """The name of the field with the source record that a party field follows."""
    return "source_record" if party == "party" else f"{party}_record"
