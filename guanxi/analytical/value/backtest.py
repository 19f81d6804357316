"""Let every method forecast a period that is over, on the same customers, and name the one that came nearest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, column, positive, same_length
from guanxi.analytical.errors import NotEnoughDataError
from guanxi.analytical.value.histories import Histories
from guanxi.analytical.value.methods import Model, PurchaseMethod, SpendMethod, forecast_purchases, forecast_spend
from guanxi.analytical.value.scores import Score, score

Method = TypeVar("Method", PurchaseMethod, SpendMethod)


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """Forecasts of a past period of length `horizon` beside what happened; every list starts with the baseline.

    purchases: one Score per PurchaseMethod. value: one Score per (PurchaseMethod, SpendMethod), named "a*b".
    forecasts: the forecasts themselves, by the same names. models: what was fitted, with the report of the fit.
    unfitted: methods that could not compete, with the reason.
    """

    horizon: float
    actual_purchases: Array
    actual_value: Array
    purchases: tuple[Score, ...]
    value: tuple[Score, ...]
    forecasts: dict[str, Array]
    models: dict[str, Model]
    unfitted: dict[str, str]

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
    NotEnoughDataError without customers. A method that finds too little to fit to does not compete.
    """
    positive(horizon, "horizon")
    if not len(histories):
        raise NotEnoughDataError("There is no customer whose past could be forecast.")
    days, sales = column(future_days, "future_days", lowest=0), column(future_sales, "future_sales", lowest=0)
    same_length(frequency=histories.frequency, future_days=days, future_sales=sales)
    unfitted: dict[str, str] = {}
    purchases = _competing(PurchaseMethod, lambda method: forecast_purchases(method, histories, horizon), unfitted)
    spend = _competing(SpendMethod, lambda method: forecast_spend(method, histories), unfitted)
    bought = {str(method): each for method, (each, _) in purchases.items()}
    spent = {value_name(m, s): bought[m] * worth for m in purchases for s, (worth, _) in spend.items()}
    return Backtest(
        horizon=horizon,
        actual_purchases=days,
        actual_value=sales,
        purchases=_scores(bought, days),
        value=_scores(spent, sales),
        forecasts=bought | spent,
        models={str(method): model for method, (_, model) in [*purchases.items(), *spend.items()] if model},
        unfitted=unfitted,
    )


def value_name(purchases: PurchaseMethod, spend: SpendMethod) -> str:
    """The name of a forecast of value: purchases by one method times spending by another."""
    return f"{purchases}*{spend}"


BASELINES = frozenset({str(PurchaseMethod.SAME_RATE), value_name(PurchaseMethod.SAME_RATE, SpendMethod.PERSONAL_MEAN)})


def _scores(forecasts: dict[str, Array], actual: Array) -> tuple[Score, ...]:
    return tuple(score(name, each, actual, is_baseline=name in BASELINES) for name, each in forecasts.items())


def _competing(
    methods: Iterable[Method], attempt: Callable[[Method], tuple[Array, Model | None]], unfitted: dict[str, str]
) -> dict[Method, tuple[Array, Model | None]]:
    """What each method forecasts; those that find too little to fit to are noted in `unfitted` with the reason."""
    found = {}
    for method in methods:
        try:
            found[method] = attempt(method)
        except NotEnoughDataError as reason:
            unfitted[str(method)] = str(reason)
    return found
