"""What a customer's next order is worth, and the chance that it comes within some days."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from guanxi.analytical.errors import NotEnoughDataError
from guanxi.analytical.lifecycle import Cycle, Gaps, fit_cycle
from guanxi.insight.scores.figures import Figures, Floats

INTERVAL = norm.ppf(0.9)  # 80 %
NOTHING = Cycle(mean=0.0, within=1e-6, between=1e-6)


@dataclass(frozen=True)
class NextOrder:
    """Money, one element per party: mean, and the 80 % interval of a single purchase day. square: mean of squares."""

    worth: Floats
    low: Floats
    high: Floats
    square: Floats


def next_order(figures: Figures) -> NextOrder:
    """The logarithm of a purchase day's sales is taken as normal around a personal mean, learnt as the cycle is."""
    own = Gaps.of(*(np.nan_to_num(figures[name]) for name in ("days", "value_log_sum", "value_log_squares")))
    try:
        population = fit_cycle(own)
    except NotEnoughDataError:
        population = NOTHING
    mean, unsure = population.own(own)
    spread = unsure + population.within
    reach = INTERVAL * np.sqrt(spread)
    return NextOrder(
        np.minimum(np.exp(mean + spread / 2), np.exp(mean + reach)),
        np.exp(mean - reach),
        np.exp(mean + reach),
        np.exp(2 * mean + 2 * spread),
    )


def chance_to_come(figures: Figures, population: Cycle, within: float) -> Floats:
    """Chance of a purchase in the next `within` days for one who has been silent so long, by the own cycle alone."""
    gaps = Gaps.of(*(np.nan_to_num(figures[name]) for name in ("gaps", "gap_log_sum", "gap_log_squares")))
    mean, unsure = population.own(gaps)
    spread = np.sqrt(unsure + population.within)
    silent = np.nan_to_num(figures["since"]) + 0.5
    still = norm.sf((np.log(silent) - mean) / spread)
    later = norm.sf((np.log(silent + within) - mean) / spread)
    chance = np.divide(still - later, still, out=np.zeros(len(still)), where=still > 0)
    return np.asarray(chance, dtype=np.float64)
