"""Value tiers: who brings how much of the last year's revenue."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanxi.analytical.segments import tiers_by_share
from guanxi.customer.models import Reading
from guanxi.insight.scores.figures import Floats

# Ordered by revenue of the last 365 days, the first customers who together bring this share of it.
UP_TO = ((Reading.Tier.VIP, 0.4), (Reading.Tier.MAJOR, 0.7), (Reading.Tier.ORDINARY, 0.95), (Reading.Tier.SMALL, 1.0))
SHARES = [share for _tier, share in UP_TO[:-1]]


def tiers(revenue_year: Floats) -> NDArray[Any]:
    """The tier of each party; empty for who brought nothing. Who crosses a border, or brought as much, is above it."""
    named = np.full(len(revenue_year), "", dtype="U10")
    paying = revenue_year > 0
    if paying.any():
        found = tiers_by_share(revenue_year[paying], [(str(tier), {}) for tier, _share in UP_TO], shares=SHARES)
        named[paying] = np.array(found.segments.names)[found.segments.segment]
    return named
