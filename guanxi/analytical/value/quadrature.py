"""Means over a beta distribution, exact for polynomials: Gauss–Jacobi nodes by Golub & Welsch (1969)."""

import numpy as np

from guanxi.analytical.arrays import Array

# Good for six digits while the horizon is below ten times alpha + T, for two below thirty times. From 25 on LAPACK
# would wake threads, which wait for each other on a busy machine and cost twenty times as much.
NODES = 24


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
