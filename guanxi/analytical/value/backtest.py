"""Let every method forecast a period that is over, on the same customers, and name the one that came nearest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, column, positive, same_length
from guanxi.analytical.errors import NotEnoughDataError
from guanxi.analytical.value.histories import Histories
from guanxi.analytical.value.methods import Model, PurchaseMethod, SpendMethod, forecast_purchases, forecast_spend
from guanxi.analytical.value.scores import Score, score


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """Forecasts of a past period of length `horizon` beside what happened; every list starts with the baseline.

    purchases: one Score per PurchaseMethod. value: one Score per (PurchaseMethod, SpendMethod), named "a*b".
    forecasts: the forecasts themselves, by the same names. models: what was fitted, with the report of the fit.
    """

    horizon: float
    actual_purchases: Array
    actual_value: Array
    purchases: tuple[Score, ...]
    value: tuple[Score, ...]
    forecasts: dict[str, Array]
    models: dict[str, Model]

    @property
    def customers(self) -> int:
        """How many customers were forecast."""
        return len(self.actual_purchases)

    @property
    def best_purchases(self) -> Score:
        """The method with the least mean absolute error in purchase days; a baseline wins a tie."""
        return min(self.purchases, key=lambda s: s.mae)

    @property
    def baseline_wins(self) -> bool:
        """True when no model beat the same-rate forecast in purchase days."""
        return self.best_purchases.is_baseline


def backtest(histories: Histories, future_days: ArrayLike, future_sales: ArrayLike, *, horizon: float) -> Backtest:
    """Forecast from `histories` the `horizon` that followed, and judge by `future_days` and `future_sales`.

    The arrays come from `calibration_and_holdout`, one element per customer; horizon in the unit of the histories.
    NotEnoughDataError without customers. A method that cannot be fitted does not compete.
    """
    positive(horizon, "horizon")
    if not len(histories):
        raise NotEnoughDataError("There is no customer whose past could be forecast.")
    days, sales = column(future_days, "future_days", lowest=0), column(future_sales, "future_sales", lowest=0)
    same_length(frequency=histories.frequency, future_days=days, future_sales=sales)
    models: dict[str, Model] = {}
    purchases, spend = _purchase_forecasts(histories, horizon, models), _spend_forecasts(histories, models)
    values = {value_name(m, s): each * worth for m, each in purchases.items() for s, worth in spend.items()}
    return Backtest(
        horizon=horizon,
        actual_purchases=days,
        actual_value=sales,
        purchases=_scores({str(method): forecast for method, forecast in purchases.items()}, days),
        value=_scores(values, sales),
        forecasts={str(method): forecast for method, forecast in purchases.items()} | values,
        models=models,
    )


def value_name(purchases: PurchaseMethod, spend: SpendMethod) -> str:
    """The name of a forecast of value: purchases by one method times spending by another."""
    return f"{purchases}*{spend}"


BASELINES = frozenset({str(PurchaseMethod.SAME_RATE), value_name(PurchaseMethod.SAME_RATE, SpendMethod.PERSONAL_MEAN)})


def _scores(forecasts: dict[str, Array], actual: Array) -> tuple[Score, ...]:
    return tuple(score(name, each, actual, is_baseline=name in BASELINES) for name, each in forecasts.items())


def _purchase_forecasts(histories: Histories, horizon: float, models: dict[str, Model]) -> dict[PurchaseMethod, Array]:
    forecasts: dict[PurchaseMethod, Array] = {}
    for method in PurchaseMethod:
        try:
            forecasts[method], model = forecast_purchases(method, histories, horizon)
        except NotEnoughDataError:
            continue
        if model is not None and np.isfinite(forecasts[method]).all():
            models[method] = model
    return forecasts


def _spend_forecasts(histories: Histories, models: dict[str, Model]) -> dict[SpendMethod, Array]:
    forecasts: dict[SpendMethod, Array] = {}
    for method in SpendMethod:
        try:
            forecasts[method], model = forecast_spend(method, histories)
        except NotEnoughDataError:
            continue
        if model is not None:
            models[method] = model
    return forecasts
