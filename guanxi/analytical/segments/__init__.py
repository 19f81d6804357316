"""Segments that say why: each names its axes, their cut points and the customer's own figures.

Axes are one number a customer: from purchases by `relationship_axes`, `growth_axes` and `brand_usage_axes` (Ibis), from
surveys or from `weighted_points`. `stability` says how much a division into segments is worth a month later. The
baseline of all is `value.rfm`.
"""

from guanxi.analytical.segments.facts import brand_usage_axes, growth_axes, relationship_axes
from guanxi.analytical.segments.grid import Axis, Reason, Segments, grid, quantile_cuts
from guanxi.analytical.segments.matrices import (
    brand_usage,
    dick_basu,
    growth_matrix,
    reinartz_kumar,
    selection_matrix,
    weighted_points,
)
from guanxi.analytical.segments.stability import Stability, adjusted_rand, stability
from guanxi.analytical.segments.tiers import Tier, ValueTiers, tiers_by_share, tiers_by_threshold

__all__ = [
    "Axis",
    "Reason",
    "Segments",
    "Stability",
    "Tier",
    "ValueTiers",
    "adjusted_rand",
    "brand_usage",
    "brand_usage_axes",
    "dick_basu",
    "grid",
    "growth_axes",
    "growth_matrix",
    "quantile_cuts",
    "reinartz_kumar",
    "relationship_axes",
    "selection_matrix",
    "stability",
    "tiers_by_share",
    "tiers_by_threshold",
    "weighted_points",
]
