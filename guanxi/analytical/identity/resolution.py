"""The whole way: records in, customers out, and for every pair worth showing the reasons field by field."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from guanxi.analytical.identity.blocking import block
from guanxi.analytical.identity.clusters import cluster
from guanxi.analytical.identity.comparisons import fitting
from guanxi.analytical.identity.explaining import Pair, explained
from guanxi.analytical.identity.model import Model
from guanxi.analytical.identity.records import load
from guanxi.analytical.identity.training import train
from guanxi.analytical.identity.weighing import Weighed, weigh, with_prior


@dataclass(frozen=True)
class Resolution:
    """`clusters` is record → the least record of its customer. `looked_at` counts the pairs that were weighed."""

    model: Model
    clusters: dict[int, int]
    pairs: tuple[Pair, ...]
    looked_at: int
    is_learnt: bool = False  # the model is new


def resolve(
    records: pa.Table,
    *,
    seed: int,
    model: Model | None = None,
    apart: Collection[tuple[int, int]] = (),
    memory: str = "4GB",
    threads: int = 2,
    spill: Path | None = None,
) -> Resolution:
    """Find which records describe one customer.

    records: a table with `id` and any columns of `records.SCHEMA`; persons and organisations are resolved apart.
    model: chances learnt before, used where they fit the columns; otherwise they are learnt from these records.
    apart: pairs of ids (the lesser first) that a person told apart: never in one cluster.
    spill: a folder below an existing one for what does not fit into `memory`, names and addresses among it; the caller
        removes it. Without one nothing is written, and what does not fit raises duckdb.OutOfMemoryException.
    """
    with duckdb.connect(
        config={"threads": threads, "memory_limit": memory, "temp_directory": str(spill or "")}
    ) as connection:
        columns = load(connection, records)
        comparisons = fitting(columns)
        looked_at = block(connection, columns) if comparisons else 0
        if not looked_at:
            return Resolution(model or Model(1.0, {}), {}, (), 0)
        is_learnt = model is None or not model.fits(comparisons)
        if model is None or is_learnt:
            model = train(connection, comparisons, columns, seed)
        weighed = weigh(connection, comparisons, model)
        model, weighed = with_prior(model, weighed, records.num_rows)
        clusters = cluster(weighed.left, weighed.right, weighed.weights, apart)
        pairs = explained(connection, comparisons, model, _worth_showing(weighed, clusters))
        return Resolution(model, clusters, pairs, looked_at, is_learnt)


def _worth_showing(weighed: Weighed, clusters: dict[int, int]) -> Weighed:
    """Pairs within a cluster that are rather one than two by what they say themselves."""
    good = weighed[weighed.weights > 0]
    pairs = zip(good.left.tolist(), good.right.tolist(), strict=True)
    together = [clusters.get(one, -1) == clusters.get(other, -2) for one, other in pairs]
    return good[np.asarray(together, dtype=bool)]
