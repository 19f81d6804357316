"""The difference a treatment made, with its interval at the declared end (fixed horizon)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt

from scipy.stats import norm
from scipy.stats import t as student

from guanxi.analytical.arrays import proper_share
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments.moments import Moments
from guanxi.analytical.shares import wilson

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Effect:
    """Treatment minus control per unit, in the unit of the outcome.

    low, high: interval of `level`. p: two-sided p-value of no effect. base: mean of the control.
    degrees: degrees of freedom of the t distribution used (infinite for the normal one).
    """

    difference: float
    standard_error: float
    low: float
    high: float
    p: float
    base: float
    degrees: float
    level: float = LEVEL

    @property
    def relative(self) -> float:
        """Difference over the control's mean; nan when that is 0."""
        return self.difference / self.base if self.base else nan

    @property
    def shows_effect(self) -> bool:
        """True when the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def difference(control: Moments, treatment: Moments, *, level: float = LEVEL) -> Effect:
    """Difference in means.

    Takes the larger of two standard errors: Welch's, from each arm's own variance, and the pooled one. Both are right
    when the treatment does nothing; but when a few customers hold most of the revenue and a small arm happens to miss
    them, its own variance says it knows the mean well, which it does not. NotEnoughDataError below 2 units in an arm.
    """
    _enough(control, treatment)
    return interval(
        treatment.mean_y - control.mean_y, *_standard_error(control, treatment), base=control.mean_y, level=level
    )


def proportions(control: Moments, treatment: Moments, *, level: float = LEVEL) -> Effect:
    """Difference in shares, with Newcombe's (1998, method 10) interval, which holds for few successes as well.

    The moments are those of outcomes that are 0 or 1, as `Moments.of_count` gives.
    """
    _enough(control, treatment)
    p0, p1 = control.mean_y, treatment.mean_y
    if not (0 <= p0 <= 1 and 0 <= p1 <= 1):
        raise AnalysisError("A share lies between 0 and 1; these outcomes are not shares.")
    z = float(norm.ppf(0.5 + proper_share(level, "level") / 2))
    (low0, high0), (low1, high1) = wilson(p0, control.n, z), wilson(p1, treatment.n, z)
    gap = p1 - p0
    low, high = gap - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2), gap + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2)
    pooled = (control.n * p0 + treatment.n * p1) / (control.n + treatment.n)
    error = sqrt(pooled * (1 - pooled) * (1 / control.n + 1 / treatment.n))
    p = 2 * float(norm.sf(abs(gap) / error)) if error else 1.0
    return Effect(gap, error, low, high, p, p0, float("inf"), level)


def ratios(control: Moments, treatment: Moments, *, level: float = LEVEL) -> Effect:
    """Difference in Σy / Σx, such as revenue per order, by the delta method (Deng, Knoblich & Lu 2018).

    The unit of randomisation is the customer, y and x are each customer's sums. AnalysisError when Σx is 0 in an arm.
    """
    _enough(control, treatment)
    if not (control.mean_x and treatment.mean_x):
        raise AnalysisError("A ratio needs a denominator above 0 in both arms.")
    c, t = _linearised(control), _linearised(treatment)
    return interval(t.mean_y - c.mean_y, *_standard_error(c, t), base=c.mean_y, level=level)


def _linearised(arm: Moments) -> Moments:
    """Moments of (y − R·x) / mean x, whose variance is that of the ratio R to first order, around R itself."""
    ratio = arm.mean_y / arm.mean_x
    variance = (arm.var_y - 2 * ratio * arm.cov + ratio**2 * arm.var_x) / arm.mean_x**2
    return Moments(arm.n, ratio, max(variance, 0.0))


def adjusted(control: Moments, treatment: Moments) -> tuple[Moments, Moments]:
    """Moments of y freed of what x, known before the start, explains of it (CUPED; Deng et al. 2013).

    The variance falls by the factor 1 − ρ², ρ being the correlation of y and x; the expected difference stays. Both
    arms share one slope. Where x is constant nothing changes.
    """
    both = control + treatment
    if not both.var_x:
        return control, treatment
    slope = both.cov / both.var_x
    return _freed(control, slope, both.mean_x), _freed(treatment, slope, both.mean_x)


def _freed(arm: Moments, slope: float, mean_x: float) -> Moments:
    variance = arm.var_y - 2 * slope * arm.cov + slope**2 * arm.var_x
    return Moments(arm.n, arm.mean_y - slope * (arm.mean_x - mean_x), max(variance, 0.0))


def interval(gap: float, error: float, degrees: float, *, base: float, level: float = LEVEL) -> Effect:
    """The effect whose estimate `gap` has the standard error `error`, by Student's t with `degrees` of freedom."""
    if not 0 < level < 1 or not isfinite(error):
        raise AnalysisError(f"No interval of level {level:g} around an error of {error:g}.")
    reach = float(student.ppf(0.5 + level / 2, degrees)) * error
    p = 2 * float(student.sf(abs(gap) / error, degrees)) if error else float(gap == 0)
    return Effect(gap, error, gap - reach, gap + reach, p, base, degrees, level)


def _enough(control: Moments, treatment: Moments) -> None:
    if min(control.n, treatment.n) < 2:
        raise NotEnoughDataError(f"An effect needs 2 units in each arm; there are {control.n} and {treatment.n}.")


def _standard_error(control: Moments, treatment: Moments) -> tuple[float, float]:
    """The larger of Welch's and the pooled standard error, with its degrees of freedom."""
    c, t = control.var_y / (control.n - 1), treatment.var_y / (treatment.n - 1)
    every = control.n + treatment.n - 2
    pooled_variance = (control.n * control.var_y + treatment.n * treatment.var_y) / every
    pooled = pooled_variance * (1 / control.n + 1 / treatment.n)
    if pooled >= c + t:
        return sqrt(pooled), float(every)
    degrees = (c + t) ** 2 / (c**2 / (control.n - 1) + t**2 / (treatment.n - 1))
    return sqrt(c + t), degrees
