"""How a customer's buying comes and goes: the personal purchase cycle, and when silence becomes a sign.

`gap_statistics` (Ibis) → `PastGaps` → `next_gaps` by the method that `next_gap_scores` found nearest. `fit_cycle` is
the log-normal model by itself.
"""

from guanxi.analytical.lifecycle.cycle import Cycle, Gaps, fit_cycle
from guanxi.analytical.lifecycle.facts import gap_statistics
from guanxi.analytical.lifecycle.next_gap import GapMethod, NextGap
from guanxi.analytical.lifecycle.past_gaps import PastGaps
from guanxi.analytical.lifecycle.proof import GapScore, nearest_gap_method, next_gap_scores, next_gaps

__all__ = [
    "Cycle",
    "GapMethod",
    "GapScore",
    "Gaps",
    "NextGap",
    "PastGaps",
    "fit_cycle",
    "gap_statistics",
    "nearest_gap_method",
    "next_gap_scores",
    "next_gaps",
]
