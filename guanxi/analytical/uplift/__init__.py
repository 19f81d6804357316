"""Whom does a treatment change? Order by uplift, judged by what a random order and a response model win.

`Trial.of` an experiment's customers (`scoring.Features`) → `judge` (S-, T- and X-learner, cross-fitted, beside their
baselines) → `learn` on the whole trial for customers of the next one, if an order was found. Retention is aimed by
uplift, not by risk (Ascarza 2018): those most likely to leave are often not those whom a call would keep, and some
leave because of it.
"""

from guanxi.analytical.uplift.curve import Figures, QiniCurve, figures, qini_curve
from guanxi.analytical.uplift.judgement import Finding, Judgement, Ranking, judge, judge_scores
from guanxi.analytical.uplift.learners import (
    Base,
    Learner,
    Scores,
    UpliftModel,
    at_random,
    cross_fitted,
    expected_outcomes,
    learn,
    response,
)
from guanxi.analytical.uplift.trial import Trial

__all__ = [
    "Base",
    "Figures",
    "Finding",
    "Judgement",
    "Learner",
    "QiniCurve",
    "Ranking",
    "Scores",
    "Trial",
    "UpliftModel",
    "at_random",
    "cross_fitted",
    "expected_outcomes",
    "figures",
    "judge",
    "judge_scores",
    "learn",
    "qini_curve",
    "response",
]
