"""Did it work? Assignment by hash, effects from moments, intervals for one look and for many, and the verdict.

`Design` + `assign` decide who gets what. `arm_moments` (Ibis) or `Moments.of` reduce each arm to six numbers, so that
every analysis costs the same for any number of customers. `verdict` says what came of it.
"""

from guanxi.analytical.experiments.assignment import HOLDOUT, Arm, Design, assign, assign_all, uniform, uniforms
from guanxi.analytical.experiments.effects import Effect, adjusted, difference, proportions, ratios
from guanxi.analytical.experiments.moments import Moments, arm_moments, capped
from guanxi.analytical.experiments.power import (
    Sizes,
    minimum_detectable_effect,
    planned_error,
    power,
    required_units,
)
from guanxi.analytical.experiments.ratio_check import RatioCheck, sample_ratio
from guanxi.analytical.experiments.sequence import SequenceInterval, boundary, confidence_sequence
from guanxi.analytical.experiments.verdict import Conclusion, Range, Verdict, verdict

__all__ = [
    "HOLDOUT",
    "Arm",
    "Conclusion",
    "Design",
    "Effect",
    "Moments",
    "Range",
    "RatioCheck",
    "SequenceInterval",
    "Sizes",
    "Verdict",
    "adjusted",
    "arm_moments",
    "assign",
    "assign_all",
    "boundary",
    "capped",
    "confidence_sequence",
    "difference",
    "minimum_detectable_effect",
    "planned_error",
    "power",
    "proportions",
    "ratios",
    "required_units",
    "sample_ratio",
    "uniform",
    "uniforms",
    "verdict",
]
