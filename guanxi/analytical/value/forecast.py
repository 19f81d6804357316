"""Forecast by the method that did best in the back-tests, with intervals as wide as its errors were."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from guanxi.analytical.arrays import Array
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.value.backtest import Backtest, value_name
from guanxi.analytical.value.bands import LEVEL, bands_of, measured_coverage
from guanxi.analytical.value.histories import Histories
from guanxi.analytical.value.methods import PurchaseMethod, SpendMethod, forecast_purchases, forecast_spend


@dataclass(frozen=True, slots=True)
class Interval:
    """An expected figure between `low` and `high`, which hold the truth in `level` of all cases."""

    expected: float
    low: float
    high: float
    level: float = LEVEL


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """One figure for every customer with its 80 % interval, and for all of them together.

    coverage: share of customers who fell inside such intervals in the back-tests, measured on customers or periods the
    intervals had not seen. Bounds of counts are whole numbers, so it may lie well above 0.8.
    """

    method: str
    expected: Array
    low: Array
    high: Array
    total: Interval
    coverage: float


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Purchase days and sales of each customer in the `horizon` after the as-of date of the histories.

    spending: how the value of a purchase day was forecast.
    """

    horizon: float
    purchases: Prediction
    value: Prediction
    spending: SpendMethod

    @property
    def is_baseline(self) -> bool:
        """True when purchases are forecast by the same-rate rule, because no model was nearer in the back-tests."""
        return self.purchases.method == PurchaseMethod.SAME_RATE


def forecast(histories: Histories, backtests: Sequence[Backtest]) -> Forecast:
    """Forecast the same length of time that the back-tests covered, by the method with the least mean error there.

    The model is fitted again to `histories`. Give one back-test or several from different as-of dates: with one, the
    interval of the total is wide, for one past error says little about the next.
    """
    if not backtests:
        raise NotEnoughDataError("Without a back-test no method can be chosen and no interval be given.")
    horizon = backtests[0].horizon
    if any(b.horizon != horizon for b in backtests):
        raise AnalysisError("The back-tests cover periods of different length.")
    purchases = PurchaseMethod(_nearest([str(m) for m in PurchaseMethod], backtests, "purchases"))
    pairs = {value_name(purchases, spend): spend for spend in SpendMethod}
    value = _nearest(list(pairs), backtests, "value")
    days, _ = forecast_purchases(purchases, histories, horizon)
    worth, _ = forecast_spend(pairs[value], histories)
    bought = [(b.forecasts[purchases], b.actual_purchases) for b in backtests]
    spent = [(b.forecasts[value], b.actual_value) for b in backtests]
    return Forecast(
        horizon,
        _predict(purchases, days, bought, whole=True),
        _predict(value, days * worth, spent, whole=False),
        pairs[value],
    )


def _nearest(methods: list[str], backtests: Sequence[Backtest], part: str) -> str:
    """The method with the least mean error over all back-tests, among those that competed in each of them."""
    errors = {method: [s.mae for b in backtests for s in getattr(b, part) if s.method == method] for method in methods}
    complete = {method: float(np.mean(found)) for method, found in errors.items() if len(found) == len(backtests)}
    return min(complete, key=lambda method: complete[method])


def _predict(method: str, expected: Array, periods: list[tuple[Array, Array]], *, whole: bool) -> Prediction:
    low, high = bands_of(periods, whole=whole).around(expected)
    total = _total(float(expected.sum()), periods)
    return Prediction(method, expected, low, high, total, measured_coverage(periods, whole=whole))


def _total(expected: float, periods: list[tuple[Array, Array]]) -> Interval:
    """The total with an interval from the errors of past totals.

    Assumes that the logarithm of actual over forecast is normal around 0, with a spread known only from the periods
    given: hence Student's t with as many degrees of freedom as periods. The spread is never taken to be less than what
    the scatter between customers alone gives.
    """
    squares = []
    for forecasts, actual in periods:
        unit = 0.5 * max(float(actual.max()), float(forecasts.max()), 1e-12)
        error = np.log((actual.sum() + unit) / (forecasts.sum() + unit))
        scatter = ((actual - forecasts) ** 2).sum() / (forecasts.sum() + unit) ** 2
        squares.append(max(error**2, scatter))
    reach = float(student.ppf(0.5 + LEVEL / 2.0, len(periods)) * np.sqrt(np.mean(squares)))
    return Interval(expected, expected * float(np.exp(-reach)), expected * float(np.exp(reach)))
