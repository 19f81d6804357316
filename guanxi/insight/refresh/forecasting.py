"""Let every method forecast a past period, write down how each did, and forecast with the best one."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.value import Backtest, Forecast, Histories, backtest, forecast
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
    ahead = forecast(_histories(figures, bought), [tested])
    _write(work, figures.parties[bought], ahead)
    write_forecast_cards(work, tested, ahead)
    return {"used": ahead.purchases.method, "value": ahead.value.method, "horizon": int(ahead.horizon)}


def _tested(work: Work) -> Backtest | None:
    horizon = work.run.steps.get(name="statistics").facts.get("horizon")
    if horizon is None:
        return None
    past = Figures.read(work.folder.calibration, work.day)
    try:
        return backtest(_histories(past), past["future_days"], past["future_sales"], horizon=horizon)
    except NotEnoughDataError:
        return None


def _histories(figures: Figures, some: NDArray[np.bool_] | slice = slice(None)) -> Histories:
    return Histories.of(*(figures[name][some] for name in ("frequency", "recency", "T", "mean_value")))


def _write(work: Work, parties: NDArray[np.int64], ahead: Forecast) -> None:
    columns: dict[str, Any] = {"party": parties}
    for name, prediction in zip(PREDICTED, (ahead.purchases, ahead.value), strict=True):
        columns |= {name: prediction.expected, f"{name}_low": prediction.low, f"{name}_high": prediction.high}
    with completed(work.folder.forecast) as draft:
        pq.write_table(pa.table(columns), draft)
