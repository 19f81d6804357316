"""Did it work? Assignment by hash, effects from moments, intervals for one look and for many, and the verdict.

`Design` + `assign` decide who gets what. `arm_moments` (Ibis) or `Moments.of` reduce each arm to six numbers, so that
every analysis costs the same for any number of customers. `verdict` says what came of it; `compare_with_control` when
there are several treatments. `allocate_by_share` moves the shares towards the better arms, and from the `Log` of what
was done `doubly_robust` says what another rule would have earned. Whom a treatment changes: `guanxi.analytical.uplift`.
"""

from guanxi.analytical.experiments.assignment import HOLDOUT, Arm, Design, assign, assign_all, uniform, uniforms
from guanxi.analytical.experiments.effects import LEVEL, Effect, adjusted, difference, proportions, ratios
from guanxi.analytical.experiments.family import Comparison, compare_with_control, family_reach
from guanxi.analytical.experiments.moments import Moments, arm_moments, capped
from guanxi.analytical.experiments.policy import Log, PolicyValue, doubly_robust, inverse_propensity, self_normalised
from guanxi.analytical.experiments.power import (
    Sizes,
    minimum_detectable_effect,
    planned_error,
    power,
    required_units,
)
from guanxi.analytical.experiments.ratio_check import RatioCheck, sample_ratio
from guanxi.analytical.experiments.sequence import SequenceInterval, boundary, confidence_sequence
from guanxi.analytical.experiments.thompson import (
    Allocation,
    allocate_by_mean,
    allocate_by_share,
    chances,
    next_round,
)
from guanxi.analytical.experiments.verdict import Conclusion, Range, Verdict, verdict

__all__ = [
    "HOLDOUT",
    "LEVEL",
    "Allocation",
    "Arm",
    "Comparison",
    "Conclusion",
    "Design",
    "Effect",
    "Log",
    "Moments",
    "PolicyValue",
    "Range",
    "RatioCheck",
    "SequenceInterval",
    "Sizes",
    "Verdict",
    "adjusted",
    "allocate_by_mean",
    "allocate_by_share",
    "arm_moments",
    "assign",
    "assign_all",
    "boundary",
    "capped",
    "chances",
    "compare_with_control",
    "confidence_sequence",
    "difference",
    "doubly_robust",
    "family_reach",
    "inverse_propensity",
    "minimum_detectable_effect",
    "next_round",
    "planned_error",
    "power",
    "proportions",
    "ratios",
    "required_units",
    "sample_ratio",
    "self_normalised",
    "uniform",
    "uniforms",
    "verdict",
]
