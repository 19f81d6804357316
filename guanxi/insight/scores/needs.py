"""Which article a customer is due to buy again, how soon, and how often such cases have come true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import logit

from guanxi.analytical.basket import Replenishment, replenishment
from guanxi.analytical.lifecycle import GapMethod
from guanxi.analytical.scoring import Calibration, CalibrationKind, Evaluation, evaluate
from guanxi.analytical.scoring.calibration import fit_calibration
from guanxi.insight.scores.cycle import OWN_GAPS
from guanxi.insight.scores.figures import Flags, Floats

SOON = 14  # days for which the list is made, and by which it is judged
AHEAD = 42  # days; what is due later is nobody's business yet
COMMON = 100  # customers with a cycle, from where on an article has a rhythm of its own
FOLDS = 5
FEWEST = 20  # cases that came true, and as many that did not, before anything is said of such cases
MOST = 1_000_000  # cycles of a trial: more would say nothing more
NEARLY = 1e-6  # how near to 0 and 1 a chance may come


def due_again(cycles: pa.Table, method: GapMethod) -> Replenishment:
    """When each row is due by this method, in the order of the rows. Raises NotEnoughDataError when there are none.

    Articles that few buy in a cycle share one rhythm: their own would rest on a handful of gaps.
    """
    article = cycles["article"].combine_chunks().indices.to_numpy()
    is_common = np.bincount(article, minlength=1)[article] >= COMMON
    # Each row stands for a customer of its own, which keeps the order and mixes no articles.
    alone = {"party": np.arange(len(article)), "category": np.where(is_common, article, -1)}
    sums = {name: cycles[name] for name in ("count", "total", "log_total", "log_squares", "last", "elapsed")}
    return replenishment(pa.table(alone | sums), method=method)


def is_due(found: Replenishment) -> Flags:
    """Due within the days that concern us, or late by one cycle at most: who is later has probably stopped."""
    return np.asarray((found.due <= AHEAD) & (found.due >= -found.typical))


def by_chance(found: Replenishment) -> Floats:
    """Log-odds of a purchase within the next days, were the customer sure to go on."""
    return np.asarray(logit(np.clip(found.chance_within(SOON), NEARLY, 1 - NEARLY)))


def by_count(found: Replenishment) -> Floats:
    """The plain way: who has bought an article on more days comes first."""
    return np.log(found.purchases)


ORDERS: Mapping[str, Callable[[Replenishment], Floats]] = {"bought_days": by_count, "cycle_chance": by_chance}
PLAIN = "bought_days"


@dataclass(frozen=True)
class Trial:
    """How the ways to order the list did on the last days, and how often such cases of some customers came true."""

    cases: int
    customers: int
    judged: Mapping[str, Evaluation]
    calibrations: Mapping[str, Calibration]

    @property
    def best(self) -> str:
        """Whose first tenth came true most often; the plain way wins a tie."""
        return max(ORDERS, key=lambda name: self.judged[name].lift)


def tried(cycles: pa.Table, method: GapMethod) -> Trial | None:
    """Go back by the days of the list and see what was bought since; None where too little came true, or too much."""
    then, bought = as_it_stood(some_of(cycles))
    if not then.num_rows:
        return None
    found = due_again(then, method)
    due = is_due(found)
    happened = bought[due].astype(np.float64)
    if min(happened.sum(), len(happened) - happened.sum()) < FEWEST:
        return None
    scores = {name: order(found)[due] for name, order in ORDERS.items()}
    fitted = {name: fit_calibration(CalibrationKind.PLATT, score, happened) for name, score in scores.items()}
    judged = {name: evaluate(unseen_chances(score, happened), happened) for name, score in scores.items()}
    customers = len(np.unique(then["party"].to_numpy()[due]))
    return Trial(len(happened), customers, judged, fitted)


def some_of(cycles: pa.Table) -> pa.Table:
    """Cycles at equal distances, where there are more than a trial needs."""
    every = -(-cycles.num_rows // MOST)
    return cycles.take(np.arange(0, cycles.num_rows, every)) if every > 1 else cycles


def unseen_chances(score: Floats, happened: Floats) -> Floats:
    """The chance of each case by a calibration that was fitted to the others."""
    chances, fold = np.empty(len(score)), np.arange(len(score)) % FOLDS
    for each in range(FOLDS):
        own = fold == each
        chances[own] = fit_calibration(CalibrationKind.PLATT, score[~own], happened[~own])(score[own])
    return chances


def as_it_stood(cycles: pa.Table) -> tuple[pa.Table, NDArray[np.bool_]]:
    """The cycles of some days ago, and which of them went on since.

    One purchase can be taken back: its gap is the last one. A customer who has bought the article twice since is left
    out, as is one who had no cycle yet. The gap before the last is not kept: in its place stands the mean one, which
    the choice of a method would read, and that is made.
    """
    gap, elapsed = cycles["last"].to_numpy(), cycles["elapsed"].to_numpy()
    count, total = cycles["count"].to_numpy(), cycles["total"].to_numpy()
    bought = elapsed < SOON
    known = ~bought | ((elapsed + gap >= SOON) & (count > OWN_GAPS))
    log = np.log(gap)
    earlier = {
        "count": count - bought,
        "total": total - bought * gap,
        "log_total": cycles["log_total"].to_numpy() - bought * log,
        "log_squares": cycles["log_squares"].to_numpy() - bought * log**2,
        "elapsed": elapsed + bought * gap - SOON,
    }
    is_daily = earlier["total"] == earlier["count"]  # their logarithms are nothing, and so they shall be
    for name in ("log_total", "log_squares"):
        earlier[name][is_daily] = 0.0
    earlier["last"] = np.where(bought, earlier["total"] / earlier["count"], gap)
    then = pa.table({"party": cycles["party"], "article": cycles["article"], **earlier})
    return then.filter(pa.array(known)), bought[known]
