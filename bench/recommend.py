"""Recommendations from a million purchases, or as many as named: `python -m bench.recommend [purchases]`.

Generated customers buy ten items each: seven in ten from the shelf of their taste, the rest from anywhere, popular
items more often (Zipf). The first eight purchases are known, the last two are to be found. Printed: seconds and peak
memory of each step, from the lines in DuckDB to lists of ten for every customer, and how many of the later purchases
they hold.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa

from bench.memory import peak
from guanxi.analytical.basket import (
    Among,
    Interactions,
    PersonalFrequency,
    Reasons,
    Recommender,
    accuracies,
    associations,
    fit_ease,
    fit_item_neighbours,
    known_and_target,
    recommend,
)

ITEMS, TASTES, EACH, KNOWN = 5_000, 50, 10, 8
FAITH = 0.7  # share of purchases from the shelf of one's taste
EASE_ITEMS = 2_000
T = TypeVar("T")


def main() -> None:
    purchases = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    lines = generated(purchases)
    known, target = timed("counted", lambda: known_and_target(counted(lines, "<"), counted(lines, ">=")))
    customers, items = known.weights.shape
    print(f"{purchases:,} purchases of {customers:,} customers, {items:,} items, {known.weights.nnz:,} pairs known")
    lists = {"popularity": timed("popularity", lambda: recommend(None, known, among=Among.NEW))}
    again = timed("personal then popular", lambda: recommend(PersonalFrequency(), known))
    for name, fit in MODELS.items():
        model = timed(f"{name}: fit", partial(fit, known))
        lists[name] = timed(f"{name}: lists", partial(recommend, model, known, among=Among.NEW))
    rules = timed("associations", lambda: associations(known))
    sure = rules.where(rules.surely)
    found = timed("reasons", lambda: Reasons.of(sure).behind(lists["EASE"], known))
    print(f"{len(rules):,} pairs, {len(sure):,} surely above chance, {(found >= 0).sum():,} reasons")
    for result in timed("judged", lambda: accuracies({**lists, "again": again}, known, target)):
        overall = result.overall
        print(f"  {result.method:12} recall@10 {overall.recall:.4f}  NDCG@10 {overall.ndcg:.4f}")


MODELS: dict[str, Callable[[Interactions], Recommender]] = {
    "neighbours": fit_item_neighbours,
    "EASE": lambda known: fit_ease(known.most_bought(EASE_ITEMS)),
}


def generated(purchases: int) -> pa.Table:
    """Customer, number of the purchase and item; the same every time."""
    rng = np.random.default_rng(1)
    customers = purchases // EACH
    shelf = ITEMS // TASTES
    taste = np.repeat(rng.integers(0, TASTES, customers), EACH)
    faithful = rng.random(len(taste)) < FAITH
    item = np.where(faithful, taste + TASTES * zipf(rng, shelf, len(taste)), zipf(rng, ITEMS, len(taste)))
    party = np.repeat(np.arange(customers), EACH)
    nth = np.tile(np.arange(EACH), customers)
    return pa.table({"party": party, "nth": nth, "item": item})


def zipf(rng: np.random.Generator, count: int, size: int) -> np.ndarray:
    """Numbers below `count`, the n-th as likely as 1 / n."""
    edges = np.cumsum(1.0 / np.arange(1, count + 1))
    return np.asarray(np.searchsorted(edges, rng.random(size) * edges[-1]))


def counted(lines: pa.Table, which: str) -> pa.Table:
    connection = duckdb.connect()
    connection.register("lines", lines)
    query = f"SELECT party, item, count(*)::double AS weight FROM lines WHERE nth {which} {KNOWN} GROUP BY party, item"
    return connection.sql(query).to_arrow_table()


def timed(step: str, work: Callable[[], T]) -> T:
    began, spent = time.perf_counter(), time.process_time()
    result = work()
    seconds, processor = time.perf_counter() - began, time.process_time() - spent
    print(f"  {step:22} {seconds:6.1f} s, processor {processor:6.1f} s, peak {peak():.2f} GiB", flush=True)
    return result


if __name__ == "__main__":
    main()
