"""Answers about campaigns: how far they are, how large their arms, and what the latest verdict says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count

from guanxi.insight.models import Assignment, Verdict
from guanxi.operational.marketing.models import Campaign, Launch

ARMS = Assignment.Arm


@dataclass(frozen=True)
class Sizes:
    """Customers by arm."""

    treated: int = 0
    control: int = 0
    holdout: int = 0

    @property
    def total(self) -> int:
        return self.treated + self.control + self.holdout


@dataclass(frozen=True)
class Line:
    """A campaign in the list. `launch`, `verdict` are None until there is one."""

    campaign: Campaign
    launch: Launch | None
    sizes: Sizes
    verdict: Verdict | None


@dataclass(frozen=True)
class Progress:
    """How far a launch is: `share` of its work from 0 to 1, and whom it left out, by stage and reason."""

    launch: Launch
    sizes: Sizes
    dispatched: int
    left_out: Counter[str] = field(default_factory=Counter)
    left_out_later: Counter[str] = field(default_factory=Counter)

    @property
    def number_left_out(self) -> int:
        return self.left_out.total() + self.left_out_later.total()

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why customers were left out, before or after the lot, the most frequent first."""
        return (self.left_out + self.left_out_later).most_common()

    @property
    def examined(self) -> int:
        return self.sizes.total + self.left_out.total()

    @property
    def share(self) -> float:
        """Examining is the first half, dispatching the second."""
        if self.launch.dispatched_at:
            return 1.0
        if self.launch.examined_at:
            return 0.5 + 0.5 * self.dispatched / max(1, self.sizes.total)
        return 0.5 * min(1.0, self.examined / max(1, self.launch.members))

    @property
    def outcome_at(self) -> datetime:
        return self.launch.at + timedelta(days=self.launch.campaign.outcome_days)


def campaign_lines() -> list[Line]:
    """All campaigns, the latest first, in three queries."""
    campaigns = list(Campaign.objects.select_related("segment", "launch", "made_by"))
    launches = {each.pk: getattr(each, "launch", None) for each in campaigns}
    programmes = [launch.programme_id for launch in launches.values() if launch]
    sizes, verdicts = sizes_of(programmes), latest_verdicts(programmes)
    return [
        Line(
            campaign=each,
            launch=(launch := launches[each.pk]),
            sizes=sizes.get(launch.programme_id, Sizes()) if launch else Sizes(),
            verdict=verdicts.get(launch.programme_id) if launch else None,
        )
        for each in campaigns
    ]


def sizes_of(programmes: Iterable[int]) -> dict[int, Sizes]:
    """Programme → customers by arm, in one query."""
    counted: dict[int, dict[str, int]] = {}
    rows = Assignment.objects.filter(programme__in=list(programmes)).values_list("programme", "arm")
    for programme, arm, number in rows.annotate(number=Count("id")).order_by():
        counted.setdefault(programme, {})[arm] = number
    return {programme: Sizes(**arms) for programme, arms in counted.items()}


def latest_verdicts(programmes: Iterable[int]) -> dict[int, Verdict]:
    """Programme → its latest verdict, in one query."""
    latest = Verdict.objects.filter(programme__in=list(programmes)).order_by("programme", "-measured_at")
    return {verdict.programme_id: verdict for verdict in latest.distinct("programme")}


def progress_of(launch: Launch) -> Progress:
    """How far the launch is, from its rows."""
    left: dict[str, Counter[str]] = {"examined": Counter(), "dispatched": Counter()}
    rows = launch.left_out.values_list("stage", "reason").annotate(number=Count("id")).order_by()
    for stage, reason, number in rows:
        left[stage][reason] = number
    dispatched = launch.programme.assignments.filter(pk__lte=launch.dispatched_to).count()
    sizes = sizes_of([launch.programme_id]).get(launch.programme_id, Sizes())
    return Progress(launch, sizes, dispatched, left["examined"], left["dispatched"])


def unfinished_launches() -> list[int]:
    """Launches with work left, the oldest first."""
    return list(Launch.objects.filter(dispatched_at=None).order_by("pk").values_list("pk", flat=True))
