"""When silence becomes a sign: late and gone, on each customer's own cycle."""

from dataclasses import dataclass

import numpy as np

from guanxi.analytical.errors import NotEnoughDataError
from guanxi.analytical.lifecycle import Cycle, Gaps, fit_cycle
from guanxi.insight.scores.figures import Figures, Floats

LATE = 0.10  # one gap in ten is longer than this
GONE = 0.01  # one in a hundred
OWN_GAPS = 2  # from here on a cycle is the customer's own, and is shown
UNKNOWN = Cycle(mean=float(np.log(60)), within=1.0, between=0.5)  # used when nobody has come twice


@dataclass(frozen=True)
class Rhythm:
    """Days, one element per party. cycle, low and high are nan while there are fewer than two own gaps."""

    cycle: Floats
    low: Floats
    high: Floats
    late: Floats
    gone: Floats
    population: Cycle
    is_known: bool


def rhythm(figures: Figures) -> Rhythm:
    """Each party's purchase cycle with its 80 % interval, and the silences that call for a word."""
    gaps = Gaps.of(*(np.nan_to_num(figures[name]) for name in ("gaps", "gap_log_sum", "gap_log_squares")))
    try:
        population, is_known = fit_cycle(gaps), True
    except NotEnoughDataError:
        population, is_known = UNKNOWN, False
    own = gaps.count >= OWN_GAPS
    cycle, low, high = (np.where(own, values, np.nan) for values in population.typical(gaps))
    return Rhythm(
        cycle, low, high, population.silence(gaps, LATE), population.silence(gaps, GONE), population, is_known
    )
