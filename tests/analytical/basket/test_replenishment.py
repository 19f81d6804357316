"""Who needs what again, and when."""

from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pytest

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.basket import category_gaps, replenishment
from guanxi.analytical.lifecycle import GapMethod

AS_OF = date(2024, 5, 23)
COLUMNS = {"party": "int64", "at": "timestamp", "amount": "float64", "order_id": "string", "category": "string"}


def gaps_of(bought: list[tuple[int, str, list[int]]]) -> pa.Table:
    """Customers, categories, and the days before the as-of day on which each was bought."""
    start = datetime(2024, 5, 23, 12)
    rows = [
        (party, start - timedelta(days=back), 5.0, f"{party} {back}", category)
        for party, category, days in bought
        for back in days
    ]
    return category_gaps(ibis.memtable(rows, schema=COLUMNS), AS_OF).to_pyarrow()


def test_each_category_has_a_cycle_of_its_own_and_a_day_when_it_is_due() -> None:
    found = replenishment(gaps_of([(1, "coffee", [41, 75, 109, 143]), (1, "soap", [10, 110, 210, 310])]))
    assert list(found.categories[found.category]) == ["coffee", "soap"]
    assert found.typical.round().tolist() == [34, 100]
    assert found.due.round().tolist() == [-7, 90]
    assert found.overdue.tolist() == [True, False]
    assert found.purchases.tolist() == [4, 4]


def test_the_list_to_act_on_is_in_order_and_leaves_the_long_gone_out() -> None:
    found = replenishment(
        gaps_of(
            [
                (1, "tea", [6, 16, 26, 36]),
                (2, "tea", [9, 19, 29, 39]),
                (3, "tea", [300, 310, 320]),
                (4, "tea", [11, 21, 31, 41]),
            ]
        )
    )
    assert found.party[found.due_within(14)].tolist() == [2, 1]
    assert found.party[found.due_within(14, overdue_by=7)].tolist() == [4, 2, 1]


def test_once_is_no_cycle() -> None:
    with pytest.raises(NotEnoughDataError, match="two days"):
        replenishment(gaps_of([(1, "tea", [3]), (2, "soap", [5])]))
    assert len(replenishment(gaps_of([(1, "tea", [3]), (2, "tea", [5, 9])]))) == 1


def test_a_category_of_many_uses_the_method_that_came_nearest_there() -> None:
    rng = np.random.default_rng(1)
    bought = [
        (party, category, np.unique(np.cumsum(np.maximum(gaps.round(), 1))).astype(int).tolist())
        for category, spread in (("regular", 0.1), ("wild", 1.2))
        for party in range(60)
        for gaps in [30 * rng.lognormal(0, spread, 6)]
    ]
    found = replenishment(gaps_of([*bought, (1, "rare", [3, 13])]))
    methods = dict(zip(found.categories, found.methods, strict=True))
    assert methods["wild"] in {GapMethod.LOG_NORMAL, GapMethod.POISSON_GAMMA}
    width = {name: np.median((found.high - found.low)[found.categories[found.category] == name]) for name in methods}
    assert width["regular"] < width["wild"] / 2
    assert ((found.low <= found.due) & (found.due <= found.high)).all()
