"""Of all candidates, the one with most at stake for each party."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guanxi.foundation.duck import literal
from guanxi.foundation.files import completed
from guanxi.insight.candidates.registry import Candidate, all_candidates
from guanxi.insight.engines import bench
from guanxi.insight.refresh.exchange import copy_out
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.cycle import rhythm
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.orders import chance_to_come, next_order
from guanxi.insight.tags.figures import derive

TOUCHES = """
SELECT party_id, count(*) FROM customer_event
WHERE direction = 'out' AND at > %s - interval '10 days' AND at <= %s GROUP BY party_id ORDER BY party_id
"""
CERTAIN = 1.0  # the policy does not draw lots: the best action is always the one suggested
WITHIN = 28


def suggest(work: Work) -> dict[str, Any]:
    """Writes `suggestions`: who has no candidate gets none."""
    figures = Figures.read(work.folder.statistics, work.day)
    own = rhythm(figures)
    derive(figures, own)
    figures["cycle_low"], figures["cycle_high"] = own.low, own.high
    figures["chance"] = chance_to_come(figures, own.population, WITHIN)
    order = next_order(figures)
    figures["order"], figures["order_low"], figures["order_high"] = order.worth, order.low, order.high
    figures["order_square"] = order.square
    _touch(work, figures)
    chosen, columns = _best(figures)
    _write(work, figures, chosen, columns)
    return {each.key: int((chosen == number).sum()) for number, each in enumerate(all_candidates())}


def _best(figures: Figures) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
    """For each party the number of its candidate (-1: none) and what is at stake."""
    chosen = np.full(len(figures), -1)
    best = {name: np.zeros(len(figures)) for name in ("worth", "low", "high")}
    for each in sorted(all_candidates(), key=lambda c: c.overrides):
        stake = each.stake(figures)
        better = stake.eligible & (each.overrides | ((stake.worth > best["worth"]) & np.isfinite(stake.worth)))
        chosen[better] = all_candidates().index(each)
        for name, values in best.items():
            values[better] = getattr(stake, name)[better]
    return chosen, best


def _touch(work: Work, figures: Figures) -> None:
    """Adds how often each was written to or called in the last ten days."""
    target = work.folder.path / "touches.parquet"
    copy_out(TOUCHES, {"party": "BIGINT", "touches": "BIGINT"}, target, [work.run.as_of, work.run.as_of])
    figures.beside(target, ["touches"])
    figures["touches"] = np.nan_to_num(figures["touches"])


def _write(work: Work, figures: Figures, chosen: NDArray[np.int64], stake: dict[str, NDArray[np.float64]]) -> None:
    """Reasons are built by the database, a million a second."""
    shown = sorted({name for each in all_candidates() for name in each.shows})
    facts = pa.table(
        {
            "party_id": figures.parties,
            "choice": chosen,
            **{f"stake_{name}": np.round(values, 2) for name, values in stake.items()},
            **{name: pa.array(np.round(figures[name], 4), from_pandas=True) for name in shown},
        }
    )
    as_of = work.run.as_of.isoformat()
    parts = [_select(number, each) for number, each in enumerate(all_candidates())]
    with bench(work.folder.path) as database, completed(work.folder.suggestions) as draft:
        database.register("facts", facts)
        database.execute(
            f"COPY (SELECT *, TIMESTAMPTZ '{as_of}' AS as_of FROM ({' UNION ALL '.join(parts)}) ORDER BY party_id)"
            f" TO {literal(draft)} (FORMAT parquet)"
        )


def _select(number: int, each: Candidate) -> str:
    reasons = ", ".join(f"{name} := {name}" for name in each.shows)
    return (
        f"SELECT party_id, '{each.key}' AS action, CAST(to_json(struct_pack({reasons})) AS VARCHAR) AS reasons,"
        " stake_worth AS worth, stake_low AS worth_low, stake_high AS worth_high,"
        f" {each.horizon_days} AS horizon_days, {CERTAIN} AS propensity FROM facts WHERE choice = {number}"
    )
