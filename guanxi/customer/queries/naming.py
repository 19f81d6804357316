"""Other customers' names in what a reader is shown: of whom the reader may not see, the name is not told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.merging.events import Merged, MergeUndone
from guanxi.customer.models import Event, Merge, Party, Relationship
from guanxi.customer.timeline import Happening, UnknownKind, WrongShape, read_facts
from guanxi.customer.timeline.bonds import Related
from guanxi.foundation.accounts.models import User


def somebody() -> str:
    """What a customer is called before those who may not see them."""
    return _("another customer")


def seen_of(parties: Collection[int], reader: User) -> set[int]:
    """Those of these customers whom the reader may see, be it as part of whom they were merged into."""
    heirs = dict(Party.ever.filter(pk__in=parties).values_list("pk", "merged_into"))
    living = {pk: heir or pk for pk, heir in heirs.items()}
    seen = set(visible_parties(reader).filter(pk__in=living.values()).values_list("pk", flat=True)) if living else set()
    return {pk for pk, heir in living.items() if heir in seen}


def told(events: Sequence[Event], reader: User) -> dict[int, Happening | None]:
    """What each event says to the reader; None for a kind that this version does not know."""
    said = {each.pk: _read(each) for each in events}
    whom = dict(_named([(each, said[each.pk]) for each in events]))
    seen = seen_of({pk for others in whom.values() for pk in others}, reader) if whom else set()
    return said | {pk: _unnamed(said[pk]) for pk, others in whom.items() if others - seen}


def _read(event: Event) -> Happening | None:
    try:
        return read_facts(event.kind, event.version, event.facts)
    except (UnknownKind, WrongShape):
        return None


def _unnamed(what: Happening | None) -> Happening | None:
    if isinstance(what, Merged):
        return replace(what, absorbed=somebody())
    return replace(what, other=somebody()) if isinstance(what, MergeUndone | Related) else what


def _named(said: Sequence[tuple[Event, Happening | None]]) -> Iterator[tuple[int, set[int]]]:
    """For each event that names another customer, who that is."""
    merges = {each.merge: set[int]() for _event, each in said if isinstance(each, Merged | MergeUndone)}
    if merges:
        found = Merge.objects.filter(pk__in=merges).values_list("pk", "absorbed", "survivor")
        merges.update({pk: set(two) for pk, *two in found})
    bonds = [(event, each) for event, each in said if isinstance(each, Related)]
    ties = _ties([event.source_record_id for event, _each in bonds]) if bonds else {}
    for event, each in said:
        if isinstance(each, Merged | MergeUndone):
            yield event.pk, merges[each.merge]
        elif isinstance(each, Related):
            yield event.pk, _meant(each, ties.get((event.source_record_id, each.kind), {}))


def _ties(records: Collection[int]) -> dict[tuple[int, str], dict[int, str]]:
    """(record, kind of relationship) → the others with their names."""
    found: dict[tuple[int, str], dict[int, str]] = {}
    rows = Relationship.objects.filter(source_record__in=records)
    for record, kind, other, name in rows.values_list("source_record", "kind", "other", "other__name"):
        found.setdefault((record, kind), {})[other] = name
    return found


def _meant(what: Related, others: Mapping[int, str]) -> set[int]:
    """Those who are called so today, else all who it may be: who has another name now is not told by the old one."""
    return {pk for pk, name in others.items() if name == what.other} or set(others)
