"""How a customer's buying comes and goes: the personal purchase cycle, and when silence becomes a sign.

`gap_statistics` (Ibis) → `PastGaps` → `next_gaps` by the method that `next_gap_scores` found nearest. `fit_cycle` is
the log-normal model by itself. `churn_snapshot` (Ibis) → `assess_churn` tells who will not come back, `wake_ups` whom
it would pay most to wake.
"""

from guanxi.analytical.lifecycle.churn import (
    ChurnAssessment,
    assess_churn,
    churn_chances,
    churn_features,
    churn_snapshot,
)
from guanxi.analytical.lifecycle.cycle import Cycle, Gaps, fit_cycle
from guanxi.analytical.lifecycle.facts import gap_statistics
from guanxi.analytical.lifecycle.next_gap import GapMethod, NextGap
from guanxi.analytical.lifecycle.past_gaps import PastGaps
from guanxi.analytical.lifecycle.proof import GapScore, nearest_gap_method, next_gap_scores, next_gaps
from guanxi.analytical.lifecycle.wake_up import WakeUps, wake_ups

__all__ = [
    "ChurnAssessment",
    "Cycle",
    "GapMethod",
    "GapScore",
    "Gaps",
    "NextGap",
    "PastGaps",
    "WakeUps",
    "assess_churn",
    "churn_chances",
    "churn_features",
    "churn_snapshot",
    "fit_cycle",
    "gap_statistics",
    "nearest_gap_method",
    "next_gap_scores",
    "next_gaps",
    "wake_ups",
]
