"""Maximum likelihood with guards: bounded, started from several points, and honest about what it found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.optimize import minimize

from guanxi.analytical.arrays import Array

# A parameter above this is one the data do not hold: the likelihood rises all the way to a simpler model.
LARGEST = 1e4
SMALLEST = 1e-4
EDGE = 1.05

# SLSQP needs as few evaluations as L-BFGS-B here, and unlike it wakes no LAPACK threads for a matrix of ten rows.
PRECISION = {"maxiter": 500, "ftol": 1e-13}

Loss = Callable[[Array], tuple[float, Array]]


class Finding(StrEnum):
    """What a fit found that whoever reads its parameters must know."""

    NOT_CONVERGED = "not_converged"
    NO_DROPOUT = "no_dropout"
    EQUAL_DROPOUT = "equal_dropout"
    EQUAL_RATES = "equal_rates"
    EQUAL_VALUES = "equal_values"
    NO_MEAN_VALUE = "no_mean_value"


@dataclass(frozen=True, slots=True)
class FitReport:
    """How a fit ended. `runaway` names the parameters that ran to the edge of what numbers can tell apart."""

    log_likelihood: float
    customers: float
    converged: bool
    runaway: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True when the optimum is an inner one, so every parameter is a statement about the customers."""
        return self.converged and not self.runaway


@dataclass(frozen=True, slots=True)
class Optimum:
    parameters: Array
    loss: float
    converged: bool
    at_edge: tuple[int, ...]


def least(loss: Loss, starts: Sequence[Sequence[float]], smallest: Sequence[float] | None = None) -> Optimum:
    """Positive parameters that make `loss` least; `loss` answers its value and its gradient in the parameters.

    The search runs over logarithms between `smallest` (default 1e-4) and 1e4, from the next start as long as the best
    result so far did not converge to an inner point.
    """
    lows = np.log(np.asarray(smallest if smallest is not None else [SMALLEST] * len(starts[0])))
    bounds = [(low, np.log(LARGEST)) for low in lows]

    def in_logarithms(theta: Array) -> tuple[float, Array]:
        parameters = np.exp(theta)
        value, gradient = loss(parameters)
        return value, gradient * parameters

    lowest, highest = lows + np.log(EDGE), np.log(LARGEST / EDGE)
    runs: list[Any] = []
    for start in starts:
        runs.append(minimize(in_logarithms, np.log(start), jac=True, method="SLSQP", bounds=bounds, options=PRECISION))
        best = min(runs, key=lambda run: float(run.fun))
        if best.success and ((best.x > lowest) & (best.x < highest)).all():
            break
    outside = np.flatnonzero((best.x <= lowest) | (best.x >= highest))
    flat = bool(np.abs(best.jac).max() < 1e-4)
    return Optimum(np.exp(best.x), float(best.fun), bool(best.success) or flat, tuple(int(i) for i in outside))
