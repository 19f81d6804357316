"""The steps of a refresh, in order. Each reads files of the ones before, writes its own, and answers a few figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guanxi.insight.refresh.articles import read_articles
from guanxi.insight.refresh.chronicle import write_chronicle
from guanxi.insight.refresh.churn import foretell_churn
from guanxi.insight.refresh.course import observe_course
from guanxi.insight.refresh.forecasting import choose_models
from guanxi.insight.refresh.growing import sum_new_articles
from guanxi.insight.refresh.months import sum_months
from guanxi.insight.refresh.needs import find_needs
from guanxi.insight.refresh.publishing import publish
from guanxi.insight.refresh.reading import read_days, read_identities
from guanxi.insight.refresh.record import read_record
from guanxi.insight.refresh.reducing import reduce_to_parties
from guanxi.insight.refresh.scoring import score
from guanxi.insight.refresh.stability import compare_matrices
from guanxi.insight.refresh.suggesting import suggest
from guanxi.insight.refresh.terms import read_terms
from guanxi.insight.refresh.work import Work
from guanxi.insight.refresh.worth import value_customers

__all__ = ["STEPS", "Step", "Work"]


@dataclass(frozen=True)
class Step:
    """A part of the refresh. `do` may be repeated after a kill: it leaves either its whole output or none."""

    name: str
    do: Callable[[Work], dict[str, Any]]


STEPS = (
    Step("terms", read_terms),
    Step("identities", read_identities),
    Step("days", read_days),
    Step("months", sum_months),
    Step("statistics", reduce_to_parties),
    Step("record", read_record),
    Step("articles", read_articles),
    Step("growth", sum_new_articles),
    Step("needs", find_needs),
    Step("models", choose_models),
    Step("churn", foretell_churn),
    Step("worth", value_customers),
    Step("scores", score),
    Step("course", observe_course),
    Step("stability", compare_matrices),
    Step("suggestions", suggest),
    Step("publication", publish),
    Step("chronicle", write_chronicle),
)
