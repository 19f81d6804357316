"""Value tiers: who brings how much of the last year's revenue."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanxi.customer.models import Reading
from guanxi.insight.scores.figures import Floats

# Ordered by revenue of the last 365 days, the first customers who together bring this share of it.
UP_TO = ((Reading.Tier.VIP, 0.4), (Reading.Tier.MAJOR, 0.7), (Reading.Tier.ORDINARY, 0.95), (Reading.Tier.SMALL, 1.0))


def tiers(revenue_year: Floats) -> NDArray[Any]:
    """The tier of each party; empty for who brought nothing. Whoever crosses a border belongs above it."""
    order = np.argsort(-revenue_year, kind="stable")
    paying = np.clip(revenue_year[order], 0.0, None)
    before = (np.cumsum(paying) - paying) / max(float(paying.sum()), 1e-12)
    named = np.full(len(order), "", dtype="U10")
    for tier, share in reversed(UP_TO):
        named[(before < share) & (paying > 0)] = str(tier)
    result = np.empty_like(named)
    result[order] = named
    return result
