"""What the figures on a page are based on, and how old they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.insight.models import Refresh


@dataclass(frozen=True)
class Freshness:
    """The last published refresh and the one under way, if any; `failed` is one that failed after the last success."""

    published: Refresh | None
    running: Refresh | None
    failed: Refresh | None

    @property
    def as_of(self) -> datetime | None:
        return self.published.as_of if self.published else None


def freshness() -> Freshness:
    """Three rows at most."""
    published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
    later = Refresh.objects.filter(published_at=None, pk__gt=published.pk if published else 0).order_by("-pk")
    return Freshness(published, later.filter(failed_at=None).first(), later.exclude(failed_at=None).first())


def facts_of(step: str) -> dict[str, Any]:
    """What a step of the last published refresh has noted; empty before the first."""
    published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
    found = published.steps.filter(name=step).first() if published else None
    return dict(found.facts) if found else {}
