"""The matrices of the textbooks, each with its own two axes: cut points are the caller's, or from `quantile_cuts`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, column, positive, same_length
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.segments.grid import Axis, Segments, grid

LOW_HIGH = ("low", "high")


def dick_basu(
    attitude: ArrayLike, repeat: ArrayLike, *, attitude_cut: float, repeat_cut: float, repeat_unit: str = "purchases"
) -> Segments:
    """Loyalty, latent loyalty, spurious loyalty or none: Dick & Basu (1994), J. Acad. Marketing Science 22(2), 99-113.

    attitude: relative attitude, how much better the customer thinks of us than of others, from a survey, on any scale.
    repeat: repeat patronage, as purchases in a period or our share of what the customer spends.
    """
    return grid(
        "dick_basu",
        Axis.of("attitude", attitude, [attitude_cut], LOW_HIGH, unit="points"),
        Axis.of("repeat", repeat, [repeat_cut], LOW_HIGH, unit=repeat_unit),
        (("none", "spurious"), ("latent", "loyal")),
    )


def reinartz_kumar(profit: ArrayLike, duration: ArrayLike, *, profit_cut: float, duration_cut: float) -> Segments:
    """Strangers, barnacles, butterflies or true friends: Reinartz & Kumar (2002), Harvard Business Review 80(7), 86-94.

    profit: what the customer earned us in the period, in money. duration: days the relationship lasts, or is expected
    to; `relationship_axes` counts what has been, `value.forecast` what may come.
    """
    return grid(
        "reinartz_kumar",
        Axis.of("profit", profit, [profit_cut], LOW_HIGH, unit="money"),
        Axis.of("duration", duration, [duration_cut], ("short", "long"), unit="days"),
        (("stranger", "barnacle"), ("butterfly", "true_friend")),
    )


def growth_matrix(
    tenure: ArrayLike, new_share: ArrayLike, *, new_cut: float = 0.5, tenure_cut: float = 0.0
) -> Segments:
    """Where growth comes from, by customer: Ansoff (1957), Harvard Business Review 35(5), with customers for markets.

    tenure: days the customer was ours when the period began, below 0 for new ones. new_share: share of the customer's
    sales in the period that is of products not sold before it. Both are of `growth_axes`.
    """
    share = column(new_share, "new_share", lowest=0)
    if (share > 1).any():
        raise AnalysisError("new_share is a share: it lies between 0 and 1.")
    return grid(
        "growth_matrix",
        Axis.of("tenure", tenure, [tenure_cut], ("new", "existing"), unit="days"),
        Axis.of("new_share", share, [new_cut], ("existing products", "new products"), unit="share"),
        (("acquisition", "diversification"), ("penetration", "extension")),
    )


def selection_matrix(
    attractiveness: ArrayLike, strength: ArrayLike, *, attractiveness_cut: float, strength_cut: float
) -> Segments:
    """Whom to invest in: attractiveness of the customer by our strength relative to the best competitor there.

    The directional policy matrix of Robinson, Hichens & Wade (1978), Long Range Planning 11(3), 8-15, with customers
    for markets. Both axes are points, as of `weighted_points`.
    """
    return grid(
        "selection_matrix",
        Axis.of("attractiveness", attractiveness, [attractiveness_cut], LOW_HIGH, unit="points"),
        Axis.of("strength", strength, [strength_cut], ("weak", "strong"), unit="points"),
        (("let_go", "maintain"), ("build", "invest")),
    )


def weighted_points(ratings: Mapping[str, ArrayLike], weights: Mapping[str, float]) -> Array:
    """One axis from several ratings: the weighted mean, on the scale of the ratings.

    AnalysisError unless every rating has a weight above 0, and every weight a rating.
    """
    if not ratings or ratings.keys() != weights.keys():
        raise AnalysisError("Each rating needs its weight, and each weight its rating.")
    columns = {name: column(values, name) for name, values in ratings.items()}
    same_length(**columns)
    shares = np.array([positive(weights[name], f"weight of {name}") for name in columns])
    return np.asarray(np.average(np.column_stack(list(columns.values())), axis=1, weights=shares))


def brand_usage(
    own_share: ArrayLike, usage: ArrayLike, *, usage_cuts: tuple[float, float], loyal: float = 0.7
) -> Segments:
    """Whom the customer is loyal to by how much it uses: own brand, other brands or switcher; light, medium or heavy.

    own_share: share of the customer's spending in the category that is ours, between 0 and 1. usage: spending or
    quantity in the period. From a share of `loyal` on a customer is loyal to us, below 1 - `loyal` to others; heavy
    users of other brands are who there is most to win from: Twedt (1964), "How important to marketing strategy is the
    heavy user?", Journal of Marketing 28(1), 71-72.
    """
    share = column(own_share, "own_share", lowest=0)
    if (share > 1).any() or not 0.5 < loyal < 1:
        raise AnalysisError("own_share lies between 0 and 1, and loyal between one half and 1.")
    brands, levels = ("other", "switcher", "own"), ("light", "medium", "heavy")
    return grid(
        "brand_usage",
        Axis.of("own_share", share, [1 - loyal, loyal], brands, unit="share"),
        Axis.of("usage", column(usage, "usage", lowest=0), usage_cuts, levels, unit="in the period"),
        [[f"{brand}_{level}" for level in levels] for brand in brands],
    )
