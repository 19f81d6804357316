"""Every column of the house that points at a source record or a party, found from the models themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.models import Model

from guanxi.customer.foreign_keys import ForeignKeyField, foreign_keys
from guanxi.customer.models import (
    Consent,
    Event,
    Identifier,
    Merge,
    Party,
    PartyRole,
    PartyTag,
    Proposal,
    SourceRecord,
    Split,
    SupersededPayload,
    Telling,
)
from guanxi.customer.models.about import AboutParty

# What an intake itself writes; `keeping` looks into these for what others have done to them since.
OF_THE_INTAKE = (Consent, Event, Identifier, PartyRole, PartyTag, Proposal, SupersededPayload, Telling)
MERGING = (Merge, Split)


@dataclass(frozen=True)
class Reference:
    """A column that points at a source record or a party."""

    table: str
    column: str
    is_merging: bool

    def pointing_at(self, ids: Collection[int]) -> set[int]:
        """Those of `ids` that it points at."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT {self.column} FROM {self.table} WHERE {self.column} = ANY(%s)", [list(ids)]
            )
            return {row[0] for row in cursor.fetchall()}


@cache
def to_records() -> tuple[Reference, ...]:
    """What others hang on a source record."""
    return tuple(_reference(model, field) for model, field in foreign_keys(SourceRecord) if model not in OF_THE_INTAKE)


@cache
def to_parties() -> tuple[Reference, ...]:
    """What others hang on a party itself; rows that come with a source record are found by that."""
    return tuple(
        _reference(model, field)
        for model, field in foreign_keys(Party)
        if field.db_constraint  # type: ignore[attr-defined]
        and model not in {SourceRecord, Proposal}
        and not (issubclass(model, AboutParty) and field.name in {"party", "other"})
    )


@cache
def derived() -> tuple[Reference, ...]:
    """What is computed about a party and can be thrown away with it."""
    return tuple(
        _reference(model, field)
        for model, field in foreign_keys(Party)
        if not field.db_constraint  # type: ignore[attr-defined]
    )


def _reference(model: type[Model], field: ForeignKeyField) -> Reference:
    return Reference(model._meta.db_table, field.column, model in MERGING or model is Party)
