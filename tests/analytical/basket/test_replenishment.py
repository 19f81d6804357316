"""Who needs what again, and when."""

from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pytest

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.basket import category_gaps, replenishment
from guanxi.analytical.lifecycle import GapMethod

AS_OF = date(2024, 5, 23)
COLUMNS = {"party": "int64", "at": "timestamp", "amount": "float64", "order_id": "string", "category": "string"}


def gaps_of(bought: list[tuple[int, str, list[int]]]) -> pa.Table:
    """Customers, categories, and the days before the as-of day on which each was bought."""
    start = datetime.fromisoformat("2024-05-23 12:00")
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


def test_the_chance_to_buy_grows_with_time_and_is_one_half_at_the_median() -> None:
    found = replenishment(gaps_of([(n, "tea", [0, 10 + n, 35 + 2 * n, 70 - n]) for n in range(20)]))
    assert (found.chance_within(0) == 0).all()
    assert (found.chance_within(5) < found.chance_within(10)).all()
    each = [found.chance_within(days)[row] for row, days in enumerate(found.typical)]
    assert each == pytest.approx([0.5] * 20)


def test_chances_come_true_as_often_as_they_say() -> None:
    """Cycles of 4,000 customers run on past the as-of day; who buys within a week is known."""
    rng = np.random.default_rng(4)
    bought, truth = [], []
    for party in range(4000):
        gaps = np.maximum(rng.lognormal(3 + rng.normal(0, 0.4), 0.5, 60).round(), 1)
        days = 300 - np.cumsum(gaps)
        bought.append((party, "tea", days[(days >= 0)].astype(int).tolist()))
        truth.append(bool(((days < 0) & (days >= -7)).any()))
    found = replenishment(gaps_of([each for each in bought if each[2]]))
    chance, happened = found.chance_within(7), np.array(truth)[found.party.astype(int)]
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 1.0)):
        some = (chance >= low) & (chance < high)
        assert happened[some].mean() == pytest.approx(chance[some].mean(), abs=0.05)


def test_who_waits_a_thousand_cycles_has_a_chance_that_is_a_number() -> None:
    found = replenishment(gaps_of([(1, "tea", [9000, 9001, 9002]), (2, "tea", [1, 4, 6])]))
    assert np.isfinite(found.chance_within(1e9)).all()
    with pytest.raises(AnalysisError, match="below 0"):
        found.chance_within(float("nan"))
