"""Next actions that may be suggested. An app adds one by declaring it: for whom, what is at stake, why, where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from guanxi.insight.scores.figures import Figures, Flags, Floats

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Stake:
    """Revenue at stake within the candidate's horizon: one element per party, low and high hold it in 80 of 100."""

    eligible: Flags
    worth: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An action that may be the best one for a customer.

    title and reason: sentences made of the facts kept in `shows`. stake: who is eligible and
    what is at stake. rest_days: how long an answered suggestion stays away. overrides: taken wherever eligible, however
    little is at stake, such as saying nothing. url_name: takes the party's key; the customer's page by default.
    """

    key: str
    title: Callable[[Facts], str]
    reason: Callable[[Facts], str]
    stake: Callable[[Figures], Stake]
    shows: tuple[str, ...]
    icon: str
    do: Promise
    horizon_days: int = 28
    rest_days: int = 28
    overrides: bool = False
    url_name: str = "customer:customer"


_known: dict[str, Candidate] = {}


def declare(*candidates: Candidate) -> None:
    """Make candidates known; called when an app starts."""
    _known.update((candidate.key, candidate) for candidate in candidates)


def all_candidates() -> list[Candidate]:
    """Every candidate, in the order of declaration."""
    return list(_known.values())


def candidate(key: str) -> Candidate | None:
    """The candidate of this key, or None when its app is gone."""
    return _known.get(key)
