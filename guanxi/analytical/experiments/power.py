"""What an experiment of this size can find, and how large one must be to find what matters."""

from dataclasses import dataclass
from math import ceil, inf, isfinite, sqrt

from scipy.stats import norm

from guanxi.analytical.arrays import positive, proper_share
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.experiments.effects import LEVEL

POWER = 0.8
MOST_UNITS = 1e15


@dataclass(frozen=True, slots=True)
class Sizes:
    """Units per arm."""

    control: int
    treatment: int


def power(effect: float, standard_error: float, *, critical: float | None = None, level: float = LEVEL) -> float:
    """Chance that the interval leaves out 0 when the true difference is `effect`.

    `critical` is how many standard errors the interval reaches: by default the normal quantile of `level`; pass
    `boundary(1)` for the confidence sequence at its planned end.
    """
    positive(standard_error, "standard_error")
    reach = float(norm.ppf(0.5 + proper_share(level, "level") / 2)) if critical is None else critical
    if not (isfinite(effect) and isfinite(reach)):
        raise AnalysisError(f"An effect and its reach are finite, not {effect:g} and {reach:g}.")
    shift = abs(effect) / standard_error
    return float(norm.sf(reach - shift) + norm.cdf(-reach - shift))


def minimum_detectable_effect(standard_error: float, *, power: float = POWER, level: float = LEVEL) -> float:
    """The true difference that an experiment with this standard error finds with probability `power`.

    AnalysisError for an error below 0, a level or power outside 0 and 1, or a power that no effect at all has already.
    """
    if not 0 <= standard_error < inf:
        raise AnalysisError(f"standard_error must be 0 or more and finite, it is {standard_error:g}.")
    reach = float(norm.ppf(0.5 + proper_share(level, "level") / 2) + norm.ppf(proper_share(power, "power")))
    if reach <= 0:
        raise AnalysisError(f"A power of {power:g} is had by no effect at all: by chance alone.")
    return standard_error * reach


def required_units(
    effect: float, variance: float, *, control_share: float = 0.5, power: float = POWER, level: float = LEVEL
) -> Sizes:
    """Units needed to find a difference of `effect` in an outcome of this variance, with the control's share given."""
    positive(abs(effect), "effect")
    positive(variance, "variance")
    if not 0 < control_share < 1:
        raise AnalysisError(f"The control's share must lie between 0 and 1, it is {control_share:g}.")
    ratio = minimum_detectable_effect(1.0, power=power, level=level) / abs(effect)
    units = variance * ratio * ratio / (control_share * (1 - control_share))
    if not units < MOST_UNITS:
        raise AnalysisError(f"An effect of {effect:g} is too small to be found in a variance of {variance:g}.")
    return Sizes(ceil(units * control_share), ceil(units * (1 - control_share)))


def planned_error(control_variance: float, treatment_variance: float, sizes: Sizes) -> float:
    """Standard error of the difference that arms of these sizes will have.

    AnalysisError for a variance below 0 or an arm without a unit.
    """
    if not (0 <= control_variance < inf and 0 <= treatment_variance < inf and min(sizes.control, sizes.treatment) > 0):
        raise AnalysisError("Variances are 0 or more and finite, and each arm has a unit.")
    return sqrt(control_variance / sizes.control + treatment_variance / sizes.treatment)
