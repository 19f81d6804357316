"""Two exponential clocks whose rates are known only as gamma distributions: which one rings first.

For a rate λ ~ gamma(m, A) of buying and a rate μ ~ gamma(s, B) of leaving the chance that leaving comes first is the
mean of μ / (λ + μ) = ∫ μ exp(−(λ + μ) v) dv, hence ∫ s/B · (1 + v/B)^−(s+1) · (1 + v/A)^−m dv. It equals s / (m + s)
times Gauss's hypergeometric function F(1, m; m + s + 1; 1 − B/A), which overflows or cancels for heavy buyers; the
integral, whose terms are all positive, does neither. With v = A (exp(u) − 1) the integrand falls as exp(−(m + s) u),
and the trapezoidal rule over log u is good to nine digits for shapes met in practice, to six between 10⁻⁴ and 10⁴.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanxi.analytical.arrays import Array

NODES = 64
CHUNK = 16_384
NEGLIGIBLE = 22.0  # exp(−22) of the integral is left out at either end


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """Logarithm of a chance, with its derivatives by m, s and the logarithm of A / B; one element per pair."""

    log: Array
    by_m: Array
    by_s: Array
    by_log_ratio: Array


def leaving_first(m: Array, s: float, ratio: Array) -> Race:
    """The mean of μ / (λ + μ); `ratio` is A / B, of the same shape as `m`."""
    return _in_chunks(m, s, ratio, leaves=True)


def buying_first(m: Array, s: float, ratio: Array) -> Race:
    """The mean of λ / (λ + μ): the complement, without the rounding of a subtraction."""
    return _in_chunks(m, s, ratio, leaves=False)


def _in_chunks(m: Array, s: float, ratio: Array, *, leaves: bool) -> Race:
    """The race for a few thousand pairs at a time, so that times which are all different cost no more memory."""
    starts = range(0, max(len(m), 1), CHUNK)
    parts = [_integral(m[i : i + CHUNK], s, ratio[i : i + CHUNK], leaves) for i in starts]
    return Race(*(np.concatenate([getattr(part, name) for part in parts]) for name in Race.__slots__))


def _integral(m: Array, s: float, ratio: Array, leaves: bool) -> Race:
    """The integral with v counted in the larger of A and B: the integrand then has no peak away from u = 0."""
    slow = ratio >= 1.0
    wins, by_base = (s, slow) if leaves else (m, ~slow)
    # Where v is counted in the winner's own scale the power is the other's shape, else the winner's and one more.
    power = np.where(slow, s, m) + by_base
    rate, log_ratio = m + s, np.abs(np.log(ratio))
    bend = np.expm1(log_ratio)
    first = -NEGLIGIBLE - np.log(rate + power * (1.0 + bend))
    step = (np.log(NEGLIGIBLE / rate) - first) / (NODES - 1)
    log_u = first[:, None] + step[:, None] * np.arange(NODES)
    u = np.exp(log_u)
    share = -np.expm1(-u)
    bent = bend[:, None] * share
    slower = np.log1p(bent)
    terms = log_u - rate[:, None] * u - power[:, None] * slower
    peak = terms.max(axis=1)
    weight = np.exp(terms - peak[:, None])
    total = weight.sum(axis=1)
    weight /= total[:, None]
    mean_u, mean_slower = (np.einsum("ij,ij->i", weight, each) for each in (u, slower))
    mean_bend = power * (1.0 + bend) * np.einsum("ij,ij->i", weight, share / (1.0 + bent))
    of_wins = 1.0 / wins
    return Race(
        log=np.minimum(np.log(wins) + by_base * log_ratio + peak + np.log(total * step), 0.0),
        by_m=(0.0 if leaves else of_wins) - mean_u - ~slow * mean_slower,
        by_s=(of_wins if leaves else 0.0) - mean_u - slow * mean_slower,
        by_log_ratio=np.where(slow, 1.0, -1.0) * (by_base - mean_bend),
    )
