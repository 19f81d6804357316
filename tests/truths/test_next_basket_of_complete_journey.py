"""84.51°'s Complete Journey: the last basket of 2,400 households, by all that they bought before.

Protocol of Li et al. (2023): items of 17 households or more; then households with 3 baskets or more; of these the last
50; the last basket is the target. Figures computed once with an independent implementation.
"""

import duckdb
import pyarrow as pa
import pytest

from guanxi.analytical.basket import (
    Accuracy,
    PersonalFrequency,
    accuracies,
    known_and_target,
    recommend,
)
from tests.truths.conftest import beside

BASKETS = """
    with lines as (
        select household_id as party, basket_id, transaction_timestamp as bought_at, {item} as item
        from transactions left join products using (product_id) where {item} is not null
    ), kept as (
        select * from lines where item in (select item from lines group by item having count(distinct party) >= 17)
    ), baskets as (
        select party, basket_id,
            row_number() over (partition by party order by min(bought_at) desc, basket_id desc) as back,
            count(*) over (partition by party) as baskets
        from kept group by party, basket_id
    )
    select party, item, count(distinct basket_id)::double as weight
    from kept join baskets using (party, basket_id)
    where baskets >= 3 and back {which} group by party, item
"""


def judged(item: str) -> dict[str, Accuracy]:
    connection = duckdb.connect()
    connection.register("transactions", beside("complete_journey/transactions.parquet"))
    connection.register("products", beside("complete_journey/products.parquet"))

    def counted(which: str) -> pa.Table:
        return connection.sql(BASKETS.format(item=item, which=which)).to_arrow_table()

    known, target = known_and_target(counted("between 2 and 50"), counted("= 1"))
    model = PersonalFrequency()
    lists = {
        "personal": recommend(model, known, fill=False),
        "personal then popular": recommend(model, known),
        "popularity": recommend(None, known),
    }
    return {found.method: found for found in accuracies(lists, known, target)}


@pytest.fixture(scope="module")
def types() -> dict[str, Accuracy]:
    return judged("product_type")


@pytest.fixture(scope="module")
def products() -> dict[str, Accuracy]:
    return judged("product_id")


@pytest.mark.parametrize(
    ("method", "recall", "ndcg"),
    [("popularity", 0.1589, 0.1642), ("personal", 0.2318, 0.2566), ("personal then popular", 0.2323, 0.2569)],
)
def test_recall_and_ndcg_of_product_types(types: dict[str, Accuracy], method: str, recall: float, ndcg: float) -> None:
    assert types[method].overall.recall == pytest.approx(recall, abs=0.00005)
    assert types[method].overall.ndcg == pytest.approx(ndcg, abs=0.00005)


@pytest.mark.parametrize(
    ("method", "recall", "ndcg"),
    [("popularity", 0.0931, 0.0889), ("personal", 0.1746, 0.1887), ("personal then popular", 0.1749, 0.1889)],
)
def test_recall_and_ndcg_of_products(products: dict[str, Accuracy], method: str, recall: float, ndcg: float) -> None:
    assert products[method].overall.recall == pytest.approx(recall, abs=0.00005)
    assert products[method].overall.ndcg == pytest.approx(ndcg, abs=0.00005)


def test_what_was_bought_before_makes_60_percent_of_types_and_42_of_products(
    types: dict[str, Accuracy], products: dict[str, Accuracy]
) -> None:
    assert types["personal"].repeat_share == pytest.approx(0.6048, abs=0.00005)
    assert products["personal"].repeat_share == pytest.approx(0.4171, abs=0.00005)


def test_personal_beats_popularity_by_40_and_80_percent(
    types: dict[str, Accuracy], products: dict[str, Accuracy]
) -> None:
    for found, times in ((types, 1.4), (products, 1.8)):
        assert found["personal"].overall.recall >= times * found["popularity"].overall.recall


def test_personal_lists_hold_nothing_new(products: dict[str, Accuracy]) -> None:
    assert products["personal"].discovery.recall == 0
    assert products["popularity"].discovery.recall > 0
