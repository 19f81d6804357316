"""Cycle, stage, tier, strength, tags; one row of readings per party."""

from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _
from numpy.typing import NDArray

from guanxi.analytical.value import rfm_scores
from guanxi.insight.refresh.exchange import bench
from guanxi.insight.refresh.folder import completed
from guanxi.insight.refresh.forecasting import PREDICTED
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores import strength
from guanxi.insight.scores.company import cohorts, concentration
from guanxi.insight.scores.cycle import GONE, LATE, Rhythm, rhythm
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.stages import stages
from guanxi.insight.scores.tiers import tiers
from guanxi.insight.tags.catalogue import applied, as_lists, counts
from guanxi.insight.tags.figures import NAMES, derive


def score(work: Work) -> dict[str, Any]:
    """Writes `figures`, which explain, and `readings`, which are published."""
    figures = Figures.read(work.folder.statistics, work.day)
    own = rhythm(figures)
    derive(figures, own)
    staged = stages(figures, own)
    marks = applied(figures)
    explained = {name: _known(figures[name]) for name in NAMES}
    _write(
        work.folder.figures, {"party": figures.parties, **explained, "stage": staged.stage, "stage_since": staged.since}
    )
    readings = _facts(figures) | _rhythm_columns(own) | _strength(figures, own) | _forecasts(work, figures)
    tier = tiers(figures["revenue_year"])
    readings |= {
        "tier": tier,
        "stage": staged.stage,
        "stage_since": staged.since,
        "rfm": _rfm(work, figures),
        "tags": as_lists(marks),
    }
    _write(work.folder.readings, readings)
    return {
        "tags": counts(marks),
        "cycle": {"mean": own.population.mean, "within": own.population.within, "between": own.population.between},
        "concentration": concentration(tier, figures["revenue_year"]),
        "cohorts": cohorts(figures),
        "late": LATE,
        "gone": GONE,
    }


def _facts(figures: Figures) -> dict[str, Any]:
    table = figures.table
    return {
        "party_id": figures.parties,
        "first_order_at": table["first_at"],
        "last_order_at": table["last_at"],
        "orders": table["orders"].cast(pa.int64()),
        "purchase_days": table["days"].cast(pa.int64()),
        "revenue": _pence(figures["revenue"]),
        "revenue_year": _pence(figures["revenue_year"]),
        "returns_amount": _pence(figures["returns"]),
        "mean_order": _known(_pence(_ratio(figures["sales"], figures["orders"]))),
        "monthly": _months(figures),
    }


def _rhythm_columns(own: Rhythm) -> dict[str, Any]:
    return {"cycle_days": _known(own.cycle), "cycle_low": _known(own.low), "cycle_high": _known(own.high)}


def _strength(figures: Figures, own: Rhythm) -> dict[str, Any]:
    return {
        "strength_behaviour": _known(strength.behaviour(figures, own)),
        "strength_time": _known(strength.time(figures)),
    }


def _forecasts(work: Work, figures: Figures) -> dict[str, Any]:
    """Nulls for who never bought, and for everybody when nothing could be forecast."""
    names = [f"{name}{end}" for name in PREDICTED for end in ("", "_low", "_high")]
    found = {name: np.full(len(figures), np.nan) for name in names}
    if work.folder.forecast.exists():
        table = pq.read_table(work.folder.forecast)
        places = np.searchsorted(figures.parties, table["party"].to_numpy())
        for name in names:
            found[name][places] = table[name].to_numpy()
    return {name: _known(values) for name, values in found.items()}


def _rfm(work: Work, figures: Figures) -> pa.Array:
    with bench(work.folder.path, work.timezone) as database:
        backend = ibis.duckdb.from_connection(database)
        bought = backend.read_parquet(str(work.folder.statistics)).filter(_.days > 0)
        scored = rfm_scores(bought.mutate(revenue=_.sales - _.returns))
        text = scored.select("party", rfm=_.r.cast("string") + _.f.cast("string") + _.m.cast("string"))
        table = text.order_by("party").to_pyarrow()
    words = np.full(len(figures), "", dtype="U3")
    words[np.searchsorted(figures.parties, table["party"].to_numpy())] = table["rfm"].to_numpy(zero_copy_only=False)
    return pa.array(words)


def _months(figures: Figures) -> pa.ListArray:
    flat = np.round(figures.months, 2).ravel()
    return pa.ListArray.from_arrays(np.arange(0, len(flat) + 1, 12, dtype=np.int32), pa.array(flat))


def _known(values: NDArray[np.float64]) -> pa.Array:
    """Nan is how NumPy says unknown; the database says null."""
    return pa.array(values, from_pandas=True)


def _pence(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(values, 2)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0), dtype=np.float64)


def _write(target: Path, columns: dict[str, Any]) -> None:
    arrays = {name: pa.array(values, pa.string()) if _is_text(values) else values for name, values in columns.items()}
    with completed(target) as draft:
        pq.write_table(pa.table(arrays), draft, row_group_size=10_000)


def _is_text(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.dtype.kind == "U"
