"""How near a forecast came to what customers then did."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from guanxi.analytical.arrays import Array, column, proper_share, same_length
from guanxi.analytical.errors import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class Score:
    """One method on one past period. mae: mean absolute error per customer. total: sum of the forecast.

    total_error: forecast over actual total, minus 1 (nan when nothing was bought). top_decile_share: share of all that
    was bought by the tenth of customers whom the method put first (nan likewise).
    """

    method: str
    is_baseline: bool
    mae: float
    total: float
    total_error: float
    top_decile_share: float


def score(method: str, forecast: Array, actual: Array, *, is_baseline: bool) -> Score:
    """Judge `forecast` by `actual`, one element per customer each."""
    total, happened = float(forecast.sum()), float(actual.sum())
    return Score(
        method=method,
        is_baseline=is_baseline,
        mae=float(np.abs(forecast - actual).mean()),
        total=total,
        total_error=total / happened - 1.0 if happened > 0 else float("nan"),
        top_decile_share=top_share(forecast, actual),
    )


def top_share(forecast: ArrayLike, actual: ArrayLike, *, share: float = 0.1) -> float:
    """Share of `actual` that fell to the `share` of customers with the highest forecasts; nan when all are 0.

    AnalysisError for amounts below 0, columns of different lengths, or a share outside 0 and 1.
    """
    forecast, actual = column(forecast, "forecast"), column(actual, "actual", lowest=0)
    same_length(forecast=forecast, actual=actual)
    proper_share(share, "share")
    if not (total := float(actual.sum())) > 0:
        return float("nan")
    first = np.argsort(-forecast, kind="stable")[: max(round(share * len(forecast)), 1)]
    return float(actual[first].sum()) / total


def area_under_curve(forecast: ArrayLike, happened: ArrayLike) -> float:
    """Chance that a customer to whom it happened had a higher forecast than one to whom it did not (ROC area).

    `happened` holds 0 and 1. NotEnoughDataError unless both occur.
    """
    forecast, yes = column(forecast, "forecast"), column(happened, "happened") > 0
    same_length(forecast=forecast, happened=yes)
    some, rest = int(yes.sum()), int((~yes).sum())
    if not (some and rest):
        raise NotEnoughDataError("Ranking cannot be judged: the outcome is the same for everybody.")
    return float((rankdata(forecast)[yes].sum() - some * (some + 1) / 2) / (some * rest))
