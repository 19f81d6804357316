"""Intervals that hold at every look: asymptotic confidence sequences.

Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences"
(arXiv 2103.06476), theorem 2.2 with the tuning of its appendix, written in the share of planned information gathered.
"""

from dataclasses import dataclass
from math import log, sqrt

from guanxi.analytical.arrays import positive, proper_share
from guanxi.analytical.experiments.effects import LEVEL, Effect


@dataclass(frozen=True, slots=True)
class SequenceInterval:
    """Bounds that hold with probability `level` at all looks together, so one may stop when they leave out 0."""

    low: float
    high: float
    information: float
    level: float = LEVEL

    @property
    def shows_effect(self) -> bool:
        """True when the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def confidence_sequence(effect: Effect, *, information: float, level: float = LEVEL) -> SequenceInterval:
    """The interval around `effect` at a look where the share `information` of the planned information is in.

    `information` is the tuning, and must be said before the start: units seen over units planned when customers arrive
    one after another; days over the days of the outcome window when all were treated at once and purchases come in. The
    sequence is narrowest around 1 and holds beyond it. Assumes that variance gathers in step with `information` and
    that a look has enough customers with an outcome for means to be near normal (say 50 in each arm).
    """
    reach = boundary(information, level) * effect.standard_error
    return SequenceInterval(effect.difference - reach, effect.difference + reach, information, level)


def boundary(information: float, level: float = LEVEL) -> float:
    """How many standard errors the sequence reaches at a share of the planned information; 3.03 at 1 for 95 %.

    AnalysisError unless information is above 0 and level between 0 and 1.
    """
    positive(information, "information")
    alpha = 1.0 - proper_share(level, "level")
    tuning = 1.0 / (-2.0 * log(alpha) + log(1.0 - 2.0 * log(alpha)))
    spread = (information + tuning) / information
    return sqrt(spread * log((information + tuning) / (tuning * alpha**2)))
