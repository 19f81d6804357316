"""Several treatments beside one control: intervals that hold for all of them together.

Dunnett (1955): the differences share the control, so they are correlated, and a correction that knows it is narrower
than Bonferroni's or Holm's and, unlike Holm's, comes with an interval for each treatment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr
from scipy.stats import chi2
from scipy.stats import t as student

from guanxi.analytical.arrays import Array, column
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.experiments.effects import LEVEL, Effect, difference
from guanxi.analytical.experiments.moments import Moments

# The normal variable that the differences share, one side of it: evenly spaced, exact to eight digits here.
SHARED = np.linspace(0.0, 6.0, 151)
DENSITY = np.exp(-(SHARED**2) / 2) * np.where(SHARED == 0, 0.5, 1.0)
WEIGHTS = DENSITY / DENSITY.sum()
SPREADS = 24  # points over the distribution of the estimated standard deviation
CLOSEST = 0.99  # squared loadings above are taken down to it: wider than need be, and still smooth


@dataclass(frozen=True, slots=True)
class Comparison:
    """One treatment beside the common control. effect: its interval and p hold for all treatments together.

    alone: the same difference as if it were the only treatment, the baseline, whose error grows with every arm.
    """

    arm: str
    effect: Effect
    alone: Effect


def compare_with_control(
    control: Moments, treatments: Mapping[str, Moments], *, level: float = LEVEL
) -> tuple[Comparison, ...]:
    """Each treatment's difference from the control; with probability `level` all intervals hold the truth at once.

    Differences and standard errors are those of `difference`; only the reach of the interval and p change. Assumes
    means near normal. The smallest degrees of freedom serve all. With one treatment it is `difference` itself.
    AnalysisError without a treatment, NotEnoughDataError below 2 units in an arm.
    """
    if not treatments:
        raise AnalysisError("There is no treatment to compare with the control.")
    alone = {name: difference(control, arm, level=level) for name, arm in treatments.items()}
    loadings = [_loading(control, arm) for arm in treatments.values()]
    degrees = min((effect.degrees for effect in alone.values() if effect.standard_error), default=float("inf"))
    reach = family_reach(loadings, degrees, level=level)
    return tuple(Comparison(name, _widened(effect, reach, loadings, degrees), effect) for name, effect in alone.items())


def family_reach(loadings: Sequence[float], degrees: float = float("inf"), *, level: float = LEVEL) -> float:
    """How many standard errors all intervals must reach to hold together: Dunnett's two-sided d.

    loadings: one number from 0 to 1 per treatment, the root of the control's part of the variance of its difference;
    the product of two is the correlation of their differences (√½ each where arms are of one size). degrees: those of
    freedom.
    """
    shares = column(loadings, "loadings", lowest=0)
    if not len(shares) or shares.max() > 1 or not 0 < level < 1 or not degrees >= 1:
        raise AnalysisError("A family needs loadings from 0 to 1, a level between 0 and 1 and 1 degree of freedom.")
    alone, bonferroni = (float(student.ppf(1 - (1 - level) / 2 / arms, degrees)) for arms in (1, len(shares)))
    reach = brentq(lambda each: _together(each, shares, degrees) - level, alone * 0.99, bonferroni * 1.01, xtol=1e-6)
    return max(float(reach), alone)


def _loading(control: Moments, treatment: Moments) -> float:
    """The smaller of those under Welch's and the pooled error: less correlation asks for a wider interval."""
    c, t = control.var_y / (control.n - 1), treatment.var_y / (treatment.n - 1)
    pooled = treatment.n / (control.n + treatment.n)
    return float(np.sqrt(min(c / (c + t), pooled) if c + t else pooled))


def _widened(effect: Effect, reach: float, loadings: Sequence[float], degrees: float) -> Effect:
    error = effect.standard_error
    if not error:
        return effect
    p = 1.0 - _together(abs(effect.difference) / error, np.asarray(loadings), degrees)
    low, high = effect.difference - reach * error, effect.difference + reach * error
    return replace(effect, low=low, high=high, p=min(max(p, effect.p), 1.0), degrees=degrees)


def _together(reach: float, loadings: Array, degrees: float) -> float:
    """Chance that no difference, in standard errors, strays beyond `reach` from its truth."""
    squares = np.minimum(loadings**2, CLOSEST)
    own, shared = np.sqrt(1.0 - squares), np.sqrt(squares)[:, None] * SHARED
    spreads, parts = _spreads(degrees)
    bound = reach * spreads[:, None, None]
    inside = ndtr((bound - shared) / own[:, None]) - ndtr((-bound - shared) / own[:, None])
    return float(np.einsum("s,sz,z->", parts, inside.prod(axis=1), WEIGHTS))


def _spreads(degrees: float) -> tuple[Array, Array]:
    """Points and weights for the estimated standard deviation over the true one."""
    if not isfinite(degrees):
        return np.ones(1), np.ones(1)
    points, weights = np.polynomial.legendre.leggauss(SPREADS)
    return np.sqrt(chi2.ppf((points + 1) / 2, degrees) / degrees), weights / 2
