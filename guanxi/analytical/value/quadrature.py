"""Means over a beta distribution: Gauss–Jacobi nodes (Golub & Welsch 1969), and panels for functions steep near 0.

The first are exact for polynomials and few. A purchase forecast far beyond the time observed bends where the chance to
leave is a thousandth or less, between their nodes: there the second take every order of magnitude by itself.
"""

import numpy as np
from scipy.special import betainc, betaincc, betaln

from guanxi.analytical.arrays import Array

# Good for five digits while the horizon is below ten times alpha + T. From 25 on LAPACK would wake threads, which wait
# for each other on a busy machine and cost twenty times as much.
NODES = 24

PANEL = 1.5  # of the log-odds of p
IN_PANEL = 8
NEGLIGIBLE = 1e-6  # of the scale on which anything changes
BROAD = 4.0  # from here on the beta distribution leaves nothing to bend near 0


def beta_nodes(a: float, b: Array) -> tuple[Array, Array]:
    """Nodes and weights for the mean of a smooth function of p ~ beta(a, b), for each of several `b`.

    Shapes: b (k,), nodes and weights (k, 24); the weights of each row sum to 1. Works from the three-term recurrence
    of the Jacobi polynomials, so nothing overflows for any a, b > 0.
    """
    n = np.arange(NODES, dtype=np.float64)
    alpha, beta = b[:, None] - 1.0, a - 1.0
    total = 2.0 * n + alpha + beta
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (beta**2 - alpha**2) / (total * (total + 2.0))
        beside = 4.0 * n * (n + alpha) * (n + beta) * (n + alpha + beta) / (total**2 * (total + 1.0) * (total - 1.0))
    middle[:, 0] = ((beta - alpha) / (alpha + beta + 2.0))[:, 0]
    beside[:, 1] = (4.0 * (1.0 + alpha) * (1.0 + beta) / ((2.0 + alpha + beta) ** 2 * (3.0 + alpha + beta)))[:, 0]
    matrix = np.zeros((len(b), NODES, NODES))
    diagonal = np.arange(NODES)
    matrix[:, diagonal, diagonal] = middle
    matrix[:, diagonal[1:], diagonal[:-1]] = np.sqrt(beside[:, 1:])
    nodes, vectors = np.linalg.eigh(matrix, UPLO="L")
    return np.clip((nodes + 1.0) / 2.0, 0.0, 1.0), vectors[:, 0, :] ** 2


def steep_nodes(a: float, b: Array, steepness: float) -> tuple[Array, Array]:
    """As `beta_nodes` for functions that change at p of about 1 / `steepness`; good for five digits below a = 4.

    Gauss–Legendre panels over the log-odds of p, and a node at either end for all that lies beyond them.
    """
    first = np.log(NEGLIGIBLE / max(steepness, float(b.max()), 1.0))
    last = -np.log(NEGLIGIBLE / max(a, 1.0))
    edges = np.linspace(first, last, int(np.ceil((last - first) / PANEL)) + 1)
    points, weights = np.polynomial.legendre.leggauss(IN_PANEL)
    half = (edges[1] - edges[0]) / 2.0
    odds = (edges[:-1, None] + half * (points + 1.0)).ravel()
    log_p, log_q = -np.logaddexp(0.0, -odds), -np.logaddexp(0.0, odds)
    density = np.exp(a * log_p + b[:, None] * log_q - betaln(a, b)[:, None])
    ends = 1.0 / (1.0 + np.exp(-edges[[0, -1]]))
    left, right = betainc(a, b, ends[0]), betaincc(a, b, ends[1])
    nodes = np.concatenate([[0.0], np.exp(log_p), [1.0]])
    shares = np.column_stack([left, density * half * np.tile(weights, len(edges) - 1), right])
    return np.broadcast_to(nodes, shares.shape), shares
