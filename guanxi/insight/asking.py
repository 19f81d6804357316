"""What customers can be asked for by segments: whoever belongs to one, now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.customer.filters import Asked, BadCondition, Choice, read_conditions, register
from guanxi.customer.filters.fields import Choices
from guanxi.foundation.given import is_whole_number
from guanxi.insight.models import Segment

KEY = "segment"
MOST_SEGMENTS = 5
NOBODY = Q(pk__in=[])


@dataclass(frozen=True, kw_only=True)
class InSegment(Choice):
    """Members of any of some segments. A segment's conditions never ask for segments, so that none asks for itself."""

    def read(self, comparison: str, value: object) -> list[str]:
        keys = super().read(comparison, value)
        numbers = {int(key) for key in keys if is_whole_number(key)}
        found = list(Segment.objects.filter(pk__in=numbers))
        if len(numbers) < len(keys) or len(found) < len(numbers):
            raise BadCondition(_("A segment that is asked for is no longer there."))
        for each in found:
            _conditions(each)  # one that asks for a field retired since is refused here, not in `where`
        return keys

    def weight(self, value: Any) -> int:
        stored = Segment.objects.filter(pk__in=value).values_list("conditions", flat=True)
        return sum(max(1, len(_single(conditions))) for conditions in stored)

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        return reduce(or_, (_members(each, at) for each in Segment.objects.filter(pk__in=value)), NOBODY)


def _members(segment: Segment, at: datetime) -> Q:
    everybody = Q(pk__isnull=False)
    return reduce(and_, (each.where(at) for each in _conditions(segment)), everybody)


def _conditions(segment: Segment) -> list[Asked]:
    """Asked for before they are read: reading a segment that asks for itself would never end."""
    if asks_for_segments(segment.conditions):
        raise BadCondition(_("The segment “%(name)s” asks for segments itself.") % {"name": segment.name})
    return read_conditions(segment.conditions)


def asks_for_segments(conditions: Sequence[Any]) -> bool:
    """Whether any of these stored conditions, also within a group, asks for members of segments."""
    return any(key == KEY for key, _comparison, _value in _single(conditions))


def _single(conditions: Sequence[Any]) -> list[Any]:
    """Stored conditions without their groups and negations."""
    members = [
        one for each in conditions for one in (each["any"] if isinstance(each, dict) and "any" in each else [each])
    ]
    return [one["not"] if isinstance(one, dict) else one for one in members]


def _choices() -> Choices:
    return [(str(each.pk), each.name) for each in Segment.objects.order_by("name")]


def register_segments() -> None:
    """Called once, when the app starts."""
    register(
        InSegment(
            key=KEY,
            label=gettext_lazy("Segment"),
            choices=_choices,
            most=MOST_SEGMENTS,
            verb="segment.read",
            phrases={"in": gettext_lazy("in the segment %(value)s")},
        )
    )
