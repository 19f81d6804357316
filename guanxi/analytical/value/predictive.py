"""What chance leaves open: intervals for one customer and for groups, drawn from what a model knows of each customer.

Of a customer who is active at T the models know: rate λ ~ gamma(r+x, alpha+T) and, independent of it, the chance p to
leave after a purchase ~ beta(a, b+x) (BG/NBD, MBG/NBD: one more for the first purchase) or the rate μ of leaving
~ gamma(s, beta+T) (Pareto/NBD). Both are drawn, then what happens; these are draws from the exact posterior predictive
distribution given the parameters. How uncertain the parameters are, and that the model may be wrong, is not in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix

from guanxi.analytical.arrays import Array, Integers, column, positive
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.value.bands import LEVEL
from guanxi.analytical.value.expectation import PurchaseModel, active_share
from guanxi.analytical.value.gamma_gamma import GammaGamma
from guanxi.analytical.value.histories import Histories
from guanxi.analytical.value.pareto_nbd import ParetoNbd

DRAWS = 500
CELLS = 4_000_000  # customers times draws held at once
SMALLEST = 1e-300
LARGEST_CHANCE = 1.0 - 1e-16
LARGEST_MEAN = 1e15
MOST_GROUPS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Bounds of a figure, one element a customer or a group: they hold it in at least `level` of all futures drawn.

    Where more than a tenth of the futures bring nothing, the lower bound is nothing and only the upper tail is cut.
    """

    low: Array
    high: Array
    level: float = LEVEL

    def coverage(self, actual: Array) -> float:
        """Share of the figures that did fall between their bounds."""
        return float(((self.low <= actual) & (actual <= self.high)).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Earning:
    """What sales earn in a future: `margin` of them less `cost` a purchase, times `present`, one number a customer:
    what money that comes when this customer buys is worth today."""

    margin: float
    cost: float
    present: Array

    def of(self, part: slice, purchases: Array, sales: Array) -> Array:
        """Of these customers (rows) in each future (columns)."""
        return self.present[part, None] * (self.margin * sales - self.cost * purchases)


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """Spreads within a horizon: of each customer, and of the sum over each group.

    The bounds of a group are not the sums of its customers' bounds: good and bad luck of many even out. value and
    group_value are None without `spend`. Groups are numbered as in the call; without groups there is one.
    """

    purchases: Spread
    group_purchases: Spread
    value: Spread | None
    group_value: Spread | None


def futures(
    purchases: PurchaseModel,
    histories: Histories,
    *,
    horizon: float,
    seed: int,
    spend: GammaGamma | ArrayLike | None = None,
    earns: Earning | None = None,
    groups: ArrayLike | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Futures:
    """Draw `draws` futures of each customer within `horizon` and say where most of them lie.

    groups: a number 0, 1, 2 … for each customer. spend: a gamma-gamma of the same customers' purchase days, the first
    one included, or what a purchase of each customer is worth, taken as certain. earns: what value is made of its
    sales; without it, they are the value. The same seed gives the same bounds. AnalysisError unless 0 < level < 1,
    draws ≥ 20 and horizon > 0; NotEnoughDataError without a customer.
    """
    positive(horizon, "horizon")
    if not 0 < level < 1 or draws < 20:
        raise AnalysisError(f"level must lie between 0 and 1 and draws be 20 or more, not {level:g} and {draws}.")
    if not len(histories):
        raise NotEnoughDataError("There is no customer whose future could be drawn.")
    group = _groups(groups, len(histories))
    rng, step = np.random.default_rng(seed), max(CELLS // draws, 1)
    active = active_share(purchases, histories)
    each = spend if spend is None or isinstance(spend, GammaGamma) else column(spend, "spend", lowest=0)
    totals = np.zeros((2, int(group.max()) + 1, draws))
    bounds: list[list[tuple[Array, Array]]] = [[], []]
    for start in range(0, len(histories), step):
        part = slice(start, start + step)
        seen = _part(histories, part)
        alive = rng.random((len(seen), draws)) < active[part, None]
        count = _drawn_purchases(rng, purchases, seen, alive, horizon)
        drawn = [count]
        if each is not None:
            sales = _drawn_value(rng, each, seen, count) if isinstance(each, GammaGamma) else each[part, None] * count
            drawn.append(earns.of(part, count, sales) if earns else sales)
        members = _membership(group[part], len(totals[0]))
        for figure, outcomes in enumerate(drawn):
            totals[figure] += members @ outcomes
            bounds[figure].append(_middle(outcomes, level))
    of_purchases, of_value = (_spread(found, level) if found else None for found in bounds)
    sums, values = (_spread([_middle(total, level)], level) for total in totals)
    return Futures(cast(Spread, of_purchases), sums, of_value, None if spend is None else values)


def _part(histories: Histories, part: slice) -> Histories:
    return Histories(histories.frequency[part], histories.recency[part], histories.T[part], histories.value[part])


def _spread(bounds: list[tuple[Array, Array]], level: float) -> Spread:
    low, high = (np.concatenate(side) for side in zip(*bounds, strict=True))
    return Spread(low, high, level)


def _groups(groups: ArrayLike | None, customers: int) -> Integers:
    if groups is None:
        return np.zeros(customers, dtype=np.int64)
    numbers = np.asarray(groups)
    if numbers.shape != (customers,) or not np.issubdtype(numbers.dtype, np.integer) or numbers.min() < 0:
        raise AnalysisError("groups must be whole numbers from 0 on, one for each customer.")
    if numbers.max() >= MOST_GROUPS:
        raise AnalysisError(f"Groups are numbered from 0 to {MOST_GROUPS - 1:,}; number {numbers.max():,} is too high.")
    return numbers.astype(np.int64)


def _membership(group: Integers, groups: int) -> Any:
    """A sparse matrix of groups × customers with a one for each customer."""
    return csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), shape=(groups, len(group)))


def _drawn_purchases(
    rng: np.random.Generator, model: PurchaseModel, seen: Histories, alive: NDArray[np.bool_], horizon: float
) -> Array:
    """Purchases of each customer (rows) in each future (columns), none where the customer is not `alive` any more."""
    who = np.nonzero(alive)[0]
    x, T = seen.frequency[who], seen.T[who]
    rate = rng.standard_gamma(model.r + x) / (model.alpha + T)
    bought = np.zeros(alive.shape)
    if isinstance(model, ParetoNbd):
        leaving = np.maximum(rng.standard_gamma(model.s, len(who)) / (model.beta + T), SMALLEST)
        time = np.minimum(rng.standard_exponential(len(who)) / leaving, horizon)
        bought[alive] = rng.poisson(np.minimum(rate * time, LARGEST_MEAN))
    else:
        chance = np.clip(rng.beta(model.a, model.b + x + model.chances), SMALLEST, LARGEST_CHANCE)
        # The number of the purchase after which the customer leaves, by the inverse of the geometric distribution.
        last = np.ceil(-rng.standard_exponential(len(who)) / np.log1p(-chance))
        bought[alive] = np.minimum(rng.poisson(np.minimum(rate * horizon, LARGEST_MEAN)), np.maximum(last, 1.0))
    return bought


def _drawn_value(rng: np.random.Generator, spend: GammaGamma, seen: Histories, count: Array) -> Array:
    """What the purchases of each future are worth: a gamma of p for each, its scale drawn from what was seen."""
    buys = count > 0
    who = np.nonzero(buys)[0]
    days, value = seen.frequency[who] + 1.0, seen.value[who]
    scale = np.maximum(rng.standard_gamma(spend.q + spend.p * days) / (spend.gamma + days * value), SMALLEST)
    worth = np.zeros(count.shape)
    worth[buys] = rng.standard_gamma(spend.p * count[buys]) / scale
    return worth


def _middle(drawn: Array, level: float) -> tuple[Array, Array]:
    """Bounds of each row that hold `level` of it: from the lower tail up, as far as needed (as `bands` does)."""
    ordered = np.sort(drawn, axis=1)
    draws = ordered.shape[1]
    low = ordered[:, int(draws * (1.0 - level) / 2.0)]
    below = (ordered < low[:, None]).sum(axis=1)
    last = np.minimum(below + int(np.ceil(level * draws)), draws) - 1
    return low, np.take_along_axis(ordered, last[:, None], axis=1)[:, 0]
