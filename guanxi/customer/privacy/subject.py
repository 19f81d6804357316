"""Whom a request is about: everything by which their data can be found, in every store."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from guanxi.customer.intake.belongings import IDENTIFIER
from guanxi.customer.models import Identifier, Party, SourceRecord, Split, SupersededPayload, Telling
from guanxi.customer.models.split import belonging

# What points at one customer and at nobody else; a customer number of five digits also occurs in order numbers.
TELLING = (
    Identifier.Kind.EMAIL,
    Identifier.Kind.PHONE,
    Identifier.Kind.CARD,
    Identifier.Kind.WECOM,
    Identifier.Kind.USCC,
    Identifier.Kind.DEVICE,
)
SHORTEST = 6  # characters of a pointer that is looked for inside other text


@dataclass(frozen=True)
class Subject:
    """`parties` are the customer and all that were merged into it; `identities` are (source key, external id).

    `pointers` are addresses and numbers as they are kept and as they were written; `names` all they were called.
    """

    parties: list[int]
    records: list[int]
    identities: list[tuple[str, str]] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """As JSON, so that an erasure that was cut short finds the rest when the rows are gone."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Subject":
        """Nobody, once the erasure has forgotten whom it was about."""
        identities = [(source, number) for source, number in kept.get("identities", ())]
        return cls(**{"parties": [], "records": [], **kept, "identities": identities})


def subject_of(party: int) -> Subject:
    """Everything that points at this customer now; what was split off to somebody else does not."""
    parties = [party, *Party.ever.filter(merged_into=party).order_by("pk").values_list("pk", flat=True)]
    records = SourceRecord.objects.filter(Q(party__in=parties) | belonging(parties))
    parties = _with_emptied(parties, records)
    told = list(records.order_by("pk").values_list("pk", "source__key", "external_id", "fields"))
    before = SupersededPayload.objects.filter(source_record__in=[pk for pk, *_ in told])
    sayings = [*(fields for *_, fields in told), *before.values_list("fields", flat=True)]
    return Subject(
        parties=parties,
        records=[pk for pk, *_ in told],
        identities=[(source, number) for _, source, number, _ in told],
        pointers=[
            text for text in _pointers(parties, told_before([pk for pk, *_ in told]), sayings) if len(text) >= SHORTEST
        ],
        names=[text for text in _names(parties, sayings) if len(text) > 1],
    )


def _with_emptied(parties: list[int], records: QuerySet[SourceRecord]) -> list[int]:
    """A party that a split had made and its undoing emptied still bears what the record said: it goes with that one."""
    undone = Split.objects.exclude(undone_at=None)
    ours = list(undone.filter(record__in=records).order_by("party").values_list("party", flat=True))
    others = set(undone.filter(party__in=parties).values_list("party", flat=True)) - set(ours)
    return list(dict.fromkeys([*(pk for pk in parties if pk not in others), *ours]))


def told_before(records: Collection[int]) -> set[tuple[str, str, str]]:
    """(kind, value, raw) of the addresses and numbers that any row of these records brought or replaced; a second
    e-mail address stands in no golden field, and in no identifier once a later row leaves it out."""
    tellings = Telling.objects.filter(source_record__in=records).values_list("said", "did")
    rows = (row for said, did in tellings for row in (*said["belongings"], *did["displaced"]))
    found = (row for sort, _name, row in rows if sort == IDENTIFIER)
    return {(row["kind"], row["value"], row["raw"]) for row in found if row["kind"] in TELLING}


def _pointers(parties: list[int], before: set[tuple[str, str, str]], sayings: list[dict[str, str]]) -> Iterable[str]:
    replaced = sorted((value, raw) for _kind, value, raw in before)
    kept = Identifier.objects.filter(party__in=parties, kind__in=TELLING).values_list("value", "raw")
    said = [(fields.get("email", ""), fields.get("phone", "")) for fields in sayings]
    golden = Party.ever.filter(pk__in=parties).values_list("email", "phone")
    return dict.fromkeys(text for pair in (*kept, *replaced, *said, *golden) for text in pair)


def _names(parties: list[int], sayings: list[dict[str, str]]) -> Iterable[str]:
    said = [(fields.get("name", ""), fields.get("latin_name", "")) for fields in sayings]
    golden = Party.ever.filter(pk__in=parties).values_list("name", "latin_name")
    return dict.fromkeys(text for pair in (*said, *golden) for text in pair)
