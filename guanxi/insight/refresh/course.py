"""Which stage follows which: where relationships stood a quarter ago, and where they stand now."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from ibis import _

from guanxi.insight.refresh.days import days_of_parties
from guanxi.insight.refresh.statistics import statistics
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.cycle import rhythm
from guanxi.insight.scores.figures import QUARTER, Figures
from guanxi.insight.scores.stages import stages

COLUMNS = ("party", "days", "first", "last", "second", "fourth", "returned", "gap_longest", "gaps", "gap_log_sum",
           "gap_log_squares", "since", "recency", "days_year", "sales_year", "returns_year")  # fmt: skip


def observe_course(work: Work) -> dict[str, Any]:
    """Counts of customers by stage then and stage now: {"days": 90, "moves": {then: {now: customers}}}.

    The stage of then is told by today's rules from what was known then. Without purchases that old, there are none.
    """
    cut = work.day - timedelta(QUARTER)
    if not _past(work, cut):
        return {"days": QUARTER, "moves": {}}
    past = Figures.read(work.folder.past, cut)
    now = pq.read_table(work.folder.readings, columns=["party_id", "stage"])
    _both, then, since = np.intersect1d(past.parties, now["party_id"].to_numpy(), return_indices=True)
    before = stages(past, rhythm(past)).stage[then]
    after = now["stage"].to_numpy(zero_copy_only=False)[since].astype(str)
    pairs, customers = np.unique(np.stack([before, after]), axis=1, return_counts=True)
    moves: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for was, became, count in zip(*pairs.tolist(), customers.tolist(), strict=True):
        if was:
            moves[was][became] = count
    return {"days": QUARTER, "moves": dict(moves)}


def _past(work: Work, cut: date) -> int:
    """Writes `past`, the figures as of the cut of who had bought by then; how many they are."""
    with work.piece() as piece:
        days = days_of_parties(piece.parquet(work.folder.days), piece.parquet(work.folder.identities))
        known = statistics(days, cut).filter(_.days > 0).select(*COLUMNS).order_by("party")
        return piece.write(known, work.folder.past)
