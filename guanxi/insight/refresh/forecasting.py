"""Let every method forecast a past period, write down how each did, and forecast with the best one."""

from dataclasses import asdict
from math import inf
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.value import Backtest, Forecast, Histories, backtest, forecast
from guanxi.analytical.value.methods import PurchaseMethod
from guanxi.foundation.files import completed
from guanxi.insight.refresh.cards import write_forecast_cards
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.figures import Figures

PREDICTED = ("expected_orders", "expected_value")


def choose_models(work: Work) -> dict[str, Any]:
    """Writes the model cards, and `forecast` for who has bought; without history enough, neither."""
    figures = Figures.read(work.folder.statistics, work.day)
    bought = figures["days"] > 0
    tested = _tested(work)
    if tested is None or not bought.any():
        return {"used": None}
    ahead = forecast(histories(figures, bought), [tested])
    _write(work, figures.parties[bought], ahead)
    write_forecast_cards(work, tested, ahead)
    tried = tested.forecasts[ahead.value.method]
    return {
        "used": ahead.purchases.method,
        "value": ahead.value.method,
        "spending": ahead.spending,
        "horizon": int(ahead.horizon),
        "total": asdict(ahead.value.total),
        "trial": {"forecast": float(tried.sum()), "came": float(tested.actual_value.sum())},
        "wakes": _beats_the_plain(tested, PurchaseMethod.MBG_NBD),
    }


def _beats_the_plain(tested: Backtest, method: PurchaseMethod) -> bool:
    """Whether this method came nearer than the same rate, though another may have come nearer still."""
    errors = {score.method: score.mae for score in tested.purchases}
    return errors.get(str(method), inf) < errors[str(PurchaseMethod.SAME_RATE)]


def _tested(work: Work) -> Backtest | None:
    horizon = work.run.steps.get(name="statistics").facts.get("horizon")
    if horizon is None:
        return None
    past = Figures.read(work.folder.calibration, work.day)
    try:
        return backtest(histories(past), past["future_days"], past["future_sales"], horizon=horizon)
    except NotEnoughDataError:
        return None


def histories(figures: Figures, some: NDArray[np.bool_] | slice = slice(None)) -> Histories:
    """What the value models read, of some parties."""
    return Histories.of(*(figures[name][some] for name in ("frequency", "recency", "T", "mean_value")))


def _write(work: Work, parties: NDArray[np.int64], ahead: Forecast) -> None:
    columns: dict[str, Any] = {"party": parties}
    for name, prediction in zip(PREDICTED, (ahead.purchases, ahead.value), strict=True):
        columns |= {name: prediction.expected, f"{name}_low": prediction.low, f"{name}_high": prediction.high}
    with completed(work.folder.forecast) as draft:
        pq.write_table(pa.table(columns), draft)
