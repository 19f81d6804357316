"""Who will: the chance that something happens, with reasons, a calibration, and the courage to say "no signal".

`Features.of` or `.from_table` → `assess` (judges across folds and out of time, looks for leaks) → `Propensity`, if
there is one → `scores`, `reasons`. `evaluate` judges any chances by outcomes.
"""

from guanxi.analytical.scoring.assessment import Assessment, Signal, assess, calibrated
from guanxi.analytical.scoring.calibration import Calibration, CalibrationKind
from guanxi.analytical.scoring.evaluation import CurvePoint, Evaluation, evaluate
from guanxi.analytical.scoring.features import Features, Levels
from guanxi.analytical.scoring.leaks import Leak, leaks
from guanxi.analytical.scoring.propensity import Propensity, Reason, contributions, fit_propensity, reasons, scores
from guanxi.analytical.scoring.terms import CategoryTerm, NumberTerm

__all__ = [
    "Assessment",
    "Calibration",
    "CalibrationKind",
    "CategoryTerm",
    "CurvePoint",
    "Evaluation",
    "Features",
    "Leak",
    "Levels",
    "NumberTerm",
    "Propensity",
    "Reason",
    "Signal",
    "assess",
    "calibrated",
    "contributions",
    "evaluate",
    "fit_propensity",
    "leaks",
    "reasons",
    "scores",
]
