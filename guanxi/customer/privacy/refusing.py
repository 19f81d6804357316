"""The erased stay out: rows and forms that name them again are refused, until they are let in again."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from guanxi.customer.intake.reading import Read
from guanxi.customer.models import ErasedKey, Source, SourceRecord
from guanxi.customer.privacy.keys import refused
from guanxi.customer.privacy.subject import TELLING
from guanxi.foundation.errors import UserError

Pointers = set[tuple[str, str]]


def refuse_erased(source: Source, rows: Sequence[Read]) -> list[str]:
    """For each row of a batch the reason why it stays out, or nothing. Customers who are on record are not asked about.

    One query for a company where nobody was erased, four for any other.
    """
    if not ErasedKey.objects.exists():
        return [""] * len(rows)
    pointers = [_pointers(source, row) for row in rows]
    erased = refused({pair for each in pointers for pair in each})
    if not erased:
        return [""] * len(rows)
    suspect = [row.external_id for row, each in zip(rows, pointers, strict=True) if each & erased]
    known = set(
        SourceRecord.objects.filter(source=source, external_id__in=suspect).values_list("external_id", flat=True)
    )
    return [
        _reason() if each & erased and row.external_id not in known else ""
        for row, each in zip(rows, pointers, strict=True)
    ]


def erased_numbers(source: str, numbers: Collection[str]) -> set[str]:
    """Those of a source's customer numbers that belonged to customers who were erased."""
    return {number for _kind, number in refused({(f"source:{source}", number) for number in numbers})}


def is_refusal(reason: str) -> bool:
    """Whether a row stayed out because its customer was erased; asked in the language in which it was answered."""
    return reason == _reason()


def require_not_erased(fields: Mapping[str, str]) -> None:
    """Raise a sentence when one of the typed addresses belonged to a customer who was erased."""
    if refused({(kind, fields[kind]) for kind in TELLING if fields.get(kind)}):
        raise UserError(
            _(
                "This customer was erased at their own wish. Nothing was saved. Whoever answers privacy requests can "
                "let them in again, once they want that."
            )
        )


def _pointers(source: Source, row: Read) -> Pointers:
    return {(f"source:{source.key}", row.external_id), *_telling((each.kind, each.value) for each in row.pointers)}


def _telling(pointers: Iterable[tuple[str, str]]) -> Pointers:
    return {(str(kind), value) for kind, value in pointers if kind in TELLING}


def _reason() -> str:
    return _("This customer was erased at their own wish, and stays out.")
