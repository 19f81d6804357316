"""Model cards: what each method is, on which customers, and how it did on days it had not seen."""

import math
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from guanxi.analytical.arrays import Array
from guanxi.analytical.value import Backtest, Forecast
from guanxi.analytical.value.scores import Score
from guanxi.insight.models import ModelCard, Refresh

VERSION = "1"
BINS = 10
HIDDEN = {"report"}


def cards(run: Refresh, tested: Backtest, ahead: Forecast) -> Iterator[ModelCard]:
    """One card per question and method, used or not."""
    questions = {
        "expected_orders": (tested.purchases, tested.actual_purchases, ahead.purchases),
        "expected_value": (tested.value, tested.actual_value, ahead.value),
    }
    for question, (scores, actual, used) in questions.items():
        baseline = next(score for score in scores if score.is_baseline)
        for score in scores:
            is_used = score.method == used.method
            yield ModelCard(
                refresh=run,
                question=question,
                model=score.method,
                version=VERSION,
                parameters=_parameters(tested, score.method),
                sample={"customers": tested.customers, "horizon": tested.horizon},
                fit=_fit(tested, score.method),
                holdout={
                    "model": _finite(score),
                    "baseline": _finite(baseline),
                    "actual": float(actual.sum()),
                    "bins": _bins(tested.forecasts[score.method], actual),
                    "coverage": used.coverage if is_used else None,
                },
                is_used=is_used,
            )


def _finite(score: Score) -> dict[str, Any]:
    """JSON knows no nan: unknown is null."""
    return {
        key: None if isinstance(value, float) and math.isnan(value) else value for key, value in asdict(score).items()
    }


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


def _bins(forecast: Array, actual: Array) -> list[dict[str, float]]:
    """Customers in ten groups by forecast: what was expected and what came, on average."""
    order = np.argsort(forecast, kind="stable")
    groups = [group for group in np.array_split(order, BINS) if len(group)]
    return [
        {"customers": len(group), "forecast": float(forecast[group].mean()), "actual": float(actual[group].mean())}
        for group in groups
    ]
