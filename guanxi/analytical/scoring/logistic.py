"""Logistic regression with a ridge, by Newton's method: few columns, any number of rows."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from guanxi.analytical.arrays import Array

STEPS = 100
PRECISION = 1e-9


def fit_logistic(design: Array, happened: Array, *, penalty: float) -> tuple[float, Array]:
    """Intercept and coefficients that make the log-likelihood − penalty / 2 · Σ coefficient² greatest.

    The intercept is free. With a penalty above 0 the optimum is unique and finite, also where the classes part cleanly.
    """
    rows, width = design.shape
    columns = np.hstack([np.ones((rows, 1)), design])
    ridge = np.append(0.0, np.full(width, penalty))
    beta = np.zeros(width + 1)
    loss = _loss(columns, happened, beta, ridge)
    for _ in range(STEPS):
        chance = expit(columns @ beta)
        gradient = columns.T @ (chance - happened) + ridge * beta
        curvature = (columns * np.maximum(chance * (1 - chance), 1e-10)[:, None]).T @ columns + np.diag(ridge)
        step = cho_solve(cho_factor(curvature + 1e-10 * np.eye(width + 1)), gradient)
        size = 1.0
        while (tried := _loss(columns, happened, beta - size * step, ridge)) > loss and size > PRECISION:
            size /= 2.0
        beta, gained, loss = beta - size * step, loss - tried, tried
        if gained <= PRECISION * max(abs(loss), 1.0):
            break
    return float(beta[0]), beta[1:]


def _loss(columns: Array, happened: Array, beta: Array, ridge: Array) -> float:
    odds = columns @ beta
    return float((np.logaddexp(0.0, odds) - happened * odds).sum() + (ridge * beta**2).sum() / 2.0)
