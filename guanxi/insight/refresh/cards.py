"""Model cards: what each method is, on which customers, and how it did on days it had not seen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
from django.db import transaction

from guanxi.analytical.arrays import Array
from guanxi.analytical.scoring import CurvePoint
from guanxi.analytical.value import Backtest, Forecast
from guanxi.analytical.value.scores import Score
from guanxi.insight.models import ModelCard
from guanxi.insight.questions import Measure, question
from guanxi.insight.refresh.work import Work

VERSION = "1"
BINS = 10
Z = 1.96  # 95 %
HIDDEN = {"report"}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One method that competed. figures: by the keys of the question's measures, nan where nothing is known;
    a key with `_low` and `_high` behind it holds its 95 % interval.

    bins: tenths of the customers, as `tenths` makes them, where the answer is an amount. coverage: share of customers
    inside their interval, where there is one.
    """

    method: str
    figures: Mapping[str, float]
    is_baseline: bool = False
    parameters: Mapping[str, float] = field(default_factory=dict)
    fit: Mapping[str, Any] = field(default_factory=dict)
    bins: Sequence[Mapping[str, float]] = ()
    coverage: float | None = None


@transaction.atomic
def write_cards(work: Work, key: str, tried: Sequence[Tried], *, used: str | None, sample: Mapping[str, Any]) -> None:
    """One card for each method that competed for this question; those of an earlier try of this refresh go.

    used: the method whose answers are shown, None when none was worth showing. sample: `customers` and whatever else
    the question's sentence says of the trial. There must be a baseline.
    """
    asked = question(key)
    if asked is None:
        raise LookupError(f"{key} is no question; add it to guanxi.insight.questions.")
    baseline = best([each for each in tried if each.is_baseline], asked.judged_by)
    work.run.cards.filter(question=key).delete()
    ModelCard.objects.bulk_create(
        ModelCard(
            refresh=work.run,
            question=key,
            model=each.method,
            version=VERSION,
            parameters=dict(each.parameters),
            sample=dict(sample),
            fit=dict(each.fit),
            holdout={
                "model": _known(each.figures) | {"is_baseline": each.is_baseline},
                "baseline": _known(baseline.figures),
                "bins": [dict(tenth) for tenth in each.bins],
                "coverage": each.coverage,
            },
            is_used=each.method == used,
        )
        for each in tried
    )


def best(tried: Sequence[Tried], by: Measure) -> Tried:
    """The one that did best by this measure; the first of equals."""
    sign = -1.0 if by.more_is_better else 1.0
    return min(tried, key=lambda each: sign * each.figures[by.key])


def tenths(forecast: Array, actual: Array) -> list[dict[str, float]]:
    """Customers in ten groups by forecast: what was expected and what came, on average."""
    order = np.argsort(forecast, kind="stable")
    groups = [group for group in np.array_split(order, BINS) if len(group)]
    return [
        {"customers": len(group), "forecast": float(forecast[group].mean()), "actual": float(actual[group].mean())}
        for group in groups
    ]


def chances(curve: Sequence[CurvePoint]) -> list[dict[str, float]]:
    """The same where the answer is a chance: beside the share that came stands its interval."""
    return [
        {
            "customers": tenth.units,
            "forecast": tenth.predicted,
            "actual": tenth.observed,
            "low": tenth.low,
            "high": tenth.high,
        }
        for tenth in curve
    ]


def write_forecast_cards(work: Work, tested: Backtest, ahead: Forecast) -> None:
    """The cards of purchase days and of value."""
    questions = {
        "expected_orders": (tested.purchases, tested.actual_purchases, ahead.purchases),
        "expected_value": (tested.value, tested.actual_value, ahead.value),
    }
    for key, (scores, actual, used) in questions.items():
        tried = [
            _forecast(tested, score, actual, used.method, used.coverage if score.method == used.method else None)
            for score in scores
        ]
        sample = {"customers": tested.customers, "horizon": tested.horizon}
        write_cards(work, key, tried, used=used.method, sample=sample)


def _forecast(tested: Backtest, score: Score, actual: Array, used: str, coverage: float | None) -> Tried:
    figures = asdict(score)
    method, is_baseline = figures.pop("method"), figures.pop("is_baseline")
    return Tried(
        method=method,
        is_baseline=is_baseline,
        figures=figures | {"actual": float(actual.sum())} | _behind(tested, method, used, actual),
        parameters=_parameters(tested, method),
        fit=_fit(tested, method),
        bins=tenths(tested.forecasts[method], actual),
        coverage=coverage,
    )


def _behind(tested: Backtest, method: str, used: str, actual: Array) -> dict[str, float]:
    """How much more it errs on the mean customer than the method used, with its interval."""
    errors = [np.abs(tested.forecasts[each] - actual) for each in (method, used)]
    if method == used or len(actual) < 2:
        return {}
    larger = errors[0] - errors[1]
    mean, reach = float(larger.mean()), Z * float(larger.std(ddof=1)) / math.sqrt(len(larger))
    return {"behind": mean, "behind_low": mean - reach, "behind_high": mean + reach}


def _known(figures: Mapping[str, float]) -> dict[str, float | None]:
    """JSON knows no nan: unknown is null."""
    return {key: value if math.isfinite(value) else None for key, value in figures.items()}


def _parameters(tested: Backtest, method: str) -> dict[str, float]:
    """Of the model itself, or of both where purchases and spending were multiplied."""
    found: dict[str, float] = {}
    for part in method.split("*"):
        if model := tested.models.get(part):
            found |= {f"{part}.{f.name}": getattr(model, f.name) for f in fields(model) if f.name not in HIDDEN}
    return found


def _fit(tested: Backtest, method: str) -> dict[str, Any]:
    reports = {part: model.report for part in method.split("*") if (model := tested.models.get(part))}
    return {part: asdict(report) for part, report in reports.items() if report}
