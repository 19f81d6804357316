"""Who stood where a quarter ago, and stands there still: of value tiers and of loyalty."""

from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.segments import stability
from guanxi.customer.models import Reading
from guanxi.insight.refresh.terms import terms_of
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.figures import QUARTER, Figures
from guanxi.insight.scores.matrices import loyalty
from guanxi.insight.scores.tiers import tiers

Named = tuple[NDArray[np.int64], NDArray[Any]]  # parties, and the segment of each; empty for none


def compare_matrices(work: Work) -> dict[str, Any]:
    """By kind of segment: who stayed, beside chance, and the table of moves. Loyalty is cut as it is cut today, so that
    a move is the customer's own."""
    if not work.folder.past.exists():
        return {}
    past = Figures.read(work.folder.past, work.day)
    now = pq.read_table(work.folder.readings, columns=["party_id", "tier", "loyalty"])
    profit, duration = work.run.steps.get(name="scores").facts["loyalty"]["cuts"]
    then = {
        "tier": tiers(past.net("_year")),
        "loyalty": loyalty(past, terms_of(work), (profit, duration)).names,
    }
    names = {"tier": Reading.Tier.values, "loyalty": Reading.Loyalty.values}
    parties = now["party_id"].to_numpy()
    found = {
        kind: _compared(names[kind], (past.parties, then[kind]), (parties, now[kind].to_numpy(zero_copy_only=False)))
        for kind in names
    }
    return {"days": QUARTER} | {kind: each for kind, each in found.items() if each}


def _compared(names: list[str], before: Named, after: Named) -> dict[str, Any] | None:
    """None when nobody had a segment at both dates."""
    try:
        found = stability(tuple(names), _numbered(names, before), _numbered(names, after))
    except NotEnoughDataError:
        return None
    return {
        "names": names,
        "moves": found.table.astype(int).tolist(),
        "stayed": found.stayed,
        "by_chance": found.by_chance,
        "rand": found.rand,
        "left": found.left,
        "came": found.came,
    }


def _numbered(names: list[str], found: Named) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    parties, segments = found
    order = np.argsort(names)
    some = segments != ""
    return parties[some], order[np.searchsorted(np.array(names)[order], segments[some].astype(str))]
