"""The computed tags with what the last refresh found."""

from dataclasses import dataclass

from django.db.models import QuerySet

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party, TagSteward
from guanxi.foundation.accounts.models import User
from guanxi.insight import tags
from guanxi.insight.queries.freshness import facts_of
from guanxi.insight.tags import ComputedTag

SAMPLE = 8


@dataclass(frozen=True)
class Found:
    """A tag with the number of its customers and their share of all on record; None before the first refresh."""

    tag: ComputedTag
    number: int | None
    share: float | None
    steward: User | None


def computed_tags() -> list[Found]:
    """Every tag, in the order of the catalogue, in two queries."""
    facts = facts_of("scores")
    counts: dict[str, int] = facts.get("tags", {})
    everybody = facts.get("customers") or 0
    stewards = {each.key: each.person for each in TagSteward.objects.select_related("person")}
    return [_found(each, counts.get(each.key), everybody, stewards.get(each.key)) for each in tags.all_tags()]


def computed_tag(key: str) -> Found | None:
    """One of them, or None when it is not declared."""
    return next((each for each in computed_tags() if each.tag.key == key), None)


def sample_of_tag(tag: ComputedTag, reader: User) -> QuerySet[Party]:
    """A few customers with the tag whom the reader may see, the latest to join the record first."""
    found = visible_parties(reader).filter(reading__tags__contains=[tag.key])
    return found.only("pk", "name", "latin_name", "city", "country").order_by("-pk")[:SAMPLE]


def _found(tag: ComputedTag, number: int | None, everybody: int, steward: User | None) -> Found:
    return Found(tag, number, number / everybody if number is not None and everybody else None, steward)
