"""Intervals of a share, wherever one is shown."""

from math import sqrt


def wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's (1927) interval of a share seen in `n` units, z standard errors wide: inside 0 and 1 whatever n."""
    middle, reach = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max((middle - reach) / (1 + z * z / n), 0.0), min((middle + reach) / (1 + z * z / n), 1.0)
