"""MovieLens "latest small" (Harper & Konstan 2015): the last fifth of each user's ratings, from the first four fifths.

Figures computed once with an independent implementation, whose order of ratings of one second and whose neighbours are
not known; hence the tolerances. EASE has no such choice.
"""

import duckdb
import pyarrow as pa
import pytest

from guanxi.analytical.basket import (
    Accuracy,
    Among,
    Interactions,
    Recommender,
    accuracies,
    fit_ease,
    fit_item_neighbours,
    known_and_target,
    recommend,
)
from tests.truths.conftest import beside

SPLIT = """
    with ordered as (
        select "userId" as party, "movieId" as item, 1.0::double as weight,
            row_number() over (partition by "userId" order by timestamp, "movieId") as nth,
            count(*) over (partition by "userId") as ratings
        from ratings
    )
    select party, item, weight from ordered where nth {which} round(0.8 * ratings)
"""
Both = tuple[Interactions, Interactions]


@pytest.fixture(scope="module")
def split() -> Both:
    connection = duckdb.connect()
    connection.register("ratings", beside("movielens_latest_small/ratings.parquet"))

    def part(which: str) -> pa.Table:
        return connection.sql(SPLIT.format(which=which)).to_arrow_table()

    return known_and_target(part("<="), part(">"))


def judged(split: Both, **models: Recommender) -> dict[str, Accuracy]:
    known, target = split
    lists = {"popularity": recommend(None, known, among=Among.NEW)}
    lists |= {name: recommend(model, known, among=Among.NEW) for name, model in models.items()}
    return {found.method: found for found in accuracies(lists, known, target)}


def test_the_most_watched_films(split: Both) -> None:
    found = judged(split)["popularity"].overall
    assert found.recall == pytest.approx(0.0404, abs=0.0005)
    assert found.ndcg == pytest.approx(0.0829, abs=0.0005)


def test_neighbours_come_near_the_published_figure_and_beat_popularity(split: Both) -> None:
    found = judged(split, neighbours=fit_item_neighbours(split[0]))
    assert found["neighbours"].overall.recall == pytest.approx(0.0705, abs=0.002)
    assert found["neighbours"].overall.ndcg == pytest.approx(0.1297, abs=0.0025)
    assert found["neighbours"].overall.low > found["popularity"].overall.high


def test_ease_on_the_2000_most_watched_loses_nothing(split: Both) -> None:
    found = judged(split, ease=fit_ease(split[0].most_bought(2000)))["ease"].overall
    assert found.recall == pytest.approx(0.0782, abs=0.001)
    assert found.ndcg == pytest.approx(0.1387, abs=0.001)


@pytest.mark.prove
def test_ease_has_the_published_figure(split: Both) -> None:
    found = judged(split, ease=fit_ease(split[0]))["ease"].overall
    assert found.recall == pytest.approx(0.0782, abs=0.00005)
    assert found.ndcg == pytest.approx(0.1387, abs=0.00005)
