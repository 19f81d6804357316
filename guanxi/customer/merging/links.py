"""Every column of the house that says whose a row is, found from the models themselves."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

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
    tables = (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy)
    return tuple(sorted(link for model in tables for link in _links_of(model)))


def _links_of(model: type[Model]) -> list[Link]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields if _leads_to(field, SourceRecord)}
    return [
        Link(model._meta.db_table, str(field.column), columns[record_of(field.name)])
        for field in model._meta.concrete_fields
        if _leads_to(field, Party) and record_of(field.name) in columns
    ]


def record_of(party: str) -> str:
    """The name of the field with the source record that a party field follows."""
    return "source_record" if party == "party" else f"{party}_record"


def _leads_to(field: "Field[object, object]", model: type[Model]) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is model
