"""Cycle, stage, tier, strength, tags; one row of readings per party."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _
from numpy.typing import NDArray

from guanxi.analytical.value import rfm_scores
from guanxi.foundation.files import completed
from guanxi.insight.refresh.days import money
from guanxi.insight.refresh.forecasting import PREDICTED
from guanxi.insight.refresh.terms import terms_of
from guanxi.insight.refresh.work import Work
from guanxi.insight.refresh.worth import WORTH
from guanxi.insight.scores import matrices, strength
from guanxi.insight.scores.company import cohorts, concentration
from guanxi.insight.scores.cycle import GONE, LATE, Rhythm, rhythm
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.stages import stages
from guanxi.insight.scores.tiers import tiers
from guanxi.insight.tags.catalogue import as_lists, counts, marks_of
from guanxi.insight.tags.figures import ARTICLES, NAMES, derive

FORECAST = [f"{name}{end}" for name in PREDICTED for end in ("", "_low", "_high")]


def score(work: Work) -> dict[str, Any]:
    """Writes `figures`, which explain, and `readings`, which are published: of who bought, and of all others on record
    the tags alone."""
    figures = _gathered(work)
    own = rhythm(figures)
    derive(figures, own)
    staged = stages(figures, own)
    marked = marks_of(figures, Figures.read(work.folder.record, work.day))
    explained = {name: _known(figures[name]) for name in NAMES}
    _write(
        work.folder.figures, {"party": figures.parties, **explained, "stage": staged.stage, "stage_since": staged.since}
    )
    readings = bought_so_far(figures) | _rhythm_columns(own) | _strength(figures, own) | _foretold(figures)
    tier = tiers(figures["revenue_year"])
    terms = terms_of(work)
    cuts = matrices.loyalty_cuts(figures, terms)
    loyalty, growth = matrices.loyalty(figures, terms, cuts), matrices.growth(figures)
    readings |= {
        "tier": tier,
        "loyalty": loyalty.names,
        "growth": growth.names,
        "stage": staged.stage,
        "stage_since": staged.since,
        "rfm": _rfm(work, figures),
        "tags": as_lists(marked.of(figures.parties)),
    }
    others = marked.parties[~np.isin(marked.parties, figures.parties, assume_unique=True)]
    _write(work.folder.readings, readings, _tags_alone(others, marked.of(others)))
    return {
        "tags": counts(marked.marks),
        "customers": len(marked.parties),
        "cycle": {"mean": own.population.mean, "within": own.population.within, "between": own.population.between},
        "concentration": concentration(tier, figures["revenue_year"]),
        "loyalty": {"cuts": cuts, "cells": loyalty.cells(figures["revenue_year"])},
        "growth": {"cells": growth.cells(figures["sales_quarter"])},
        "cohorts": cohorts(figures),
        "late": LATE,
        "gone": GONE,
    }


def _gathered(work: Work) -> Figures:
    """What the steps before have found of each party, in one table."""
    figures = Figures.read(work.folder.statistics, work.day)
    figures.beside(work.folder.articles, ARTICLES)
    figures.beside(work.folder.growth, ("new_sales",))
    figures.beside(work.folder.forecast, FORECAST)
    figures.beside(work.folder.churn, ("churn",))
    figures.beside(work.folder.worth, WORTH)
    return figures


def _tags_alone(parties: NDArray[np.int64], marks: NDArray[np.bool_]) -> dict[str, Any]:
    """Readings of customers without a purchase: nothing was bought, and nothing can be foretold."""
    nil, none = np.zeros(len(parties)), np.full(len(parties), "", dtype="U1")
    return {
        "party_id": parties,
        **{name: nil.astype(np.int64) for name in ("orders", "purchase_days")},
        **dict.fromkeys(("revenue", "revenue_year", "returns_amount"), nil),
        **dict.fromkeys(("tier", "loyalty", "growth", "stage", "rfm"), none),
        "monthly": pa.ListArray.from_arrays(np.zeros(len(parties) + 1, dtype=np.int32), pa.array([], pa.float64())),
        "tags": as_lists(marks),
    }


def bought_so_far(figures: Figures) -> dict[str, Any]:
    """The columns of readings that are plain sums of facts."""
    table = figures.table
    return {
        "party_id": figures.parties,
        "first_order_at": table["first_at"],
        "last_order_at": table["last_at"],
        "orders": table["orders"].cast(pa.int64()),
        "purchase_days": table["days"].cast(pa.int64()),
        "revenue": _pence(figures.net()),
        "revenue_year": _pence(figures.net("_year")),
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


def _foretold(figures: Figures) -> dict[str, Any]:
    """Nulls for who never bought, and for everybody where nothing could be told."""
    return {name: _known(figures[name]) for name in (*FORECAST, "churn", *WORTH)}


def _rfm(work: Work, figures: Figures) -> pa.Array:
    with work.piece() as piece:
        bought = piece.parquet(work.folder.statistics).filter(_.days > 0)
        scored = rfm_scores(bought.mutate(revenue=money(_.sales - _.returns)))
        text = scored.select("party", rfm=_.r.cast("string") + _.f.cast("string") + _.m.cast("string"))
        table = piece.answer(text.order_by("party"))
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


def _write(target: Path, *parts: dict[str, Any]) -> None:
    """One file of all parts; a column that a part lacks is unknown there."""
    tables = [pa.table({name: _column(values) for name, values in part.items()}) for part in parts]
    with completed(target) as draft:
        pq.write_table(pa.concat_tables(tables, promote_options="default"), draft, row_group_size=10_000)


def _column(values: Any) -> Any:
    return pa.array(values, pa.string()) if _is_text(values) else values


def _is_text(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.dtype.kind == "U"
