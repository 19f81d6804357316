"""The methods that compete for each of the two questions, and what they learn from."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Integers
from guanxi.analytical.basket import (
    Interactions,
    OwnMostBought,
    PersonalFrequency,
    Recommender,
    fit_ease,
    fit_item_neighbours,
)
from guanxi.analytical.basket.ease import PENALTY
from guanxi.analytical.basket.neighbours import NEIGHBOURS, SHRINK

PLAIN = "popularity"
QUESTIONS = REPEAT, DISCOVERY = ("repeat_purchase", "new_article")
RECENT = "personal_recent"
HALF_LIFE = 90.0  # days
CATALOGUE = 20_000  # articles whose neighbours are sought
EASE_ITEMS = 2_000

Fit = Callable[[Interactions], Recommender | None]

REPEATING: Mapping[str, Fit] = {
    PLAIN: lambda known: OwnMostBought(known.popularity),
    "personal": lambda _known: PersonalFrequency(),
    RECENT: lambda _known: PersonalFrequency(),  # of purchases that fade
}
DISCOVERING: Mapping[str, Fit] = {
    PLAIN: lambda _known: None,
    "neighbours": lambda known: fit_item_neighbours(known.most_bought(CATALOGUE)),
    "ease": lambda known: fit_ease(known.most_bought(EASE_ITEMS)),
}

PARAMETERS: Mapping[str, Mapping[str, float]] = {
    RECENT: {"half-life (days)": HALF_LIFE},
    "neighbours": {"articles": CATALOGUE, "neighbours": NEIGHBOURS, "shrink": SHRINK},
    "ease": {"articles": EASE_ITEMS, "penalty": PENALTY},
}


def interactions(counts: pa.Table, parties: Integers, items: Integers) -> Interactions:
    """The rows of `item_counts` with these customers, ascending, in rows, and these articles in columns."""
    rows = np.searchsorted(parties, counts["party"].to_numpy())
    column = np.empty(int(items.max()) + 1, dtype=np.int64)
    column[items] = np.arange(len(items))
    cells = (counts["weight"].to_numpy(), (rows, column[counts["item"].to_numpy()]))
    weights = csr_array(cells, shape=(len(parties), len(items)))
    weights.sort_indices()
    return Interactions(parties, items, weights)
