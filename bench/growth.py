"""How time and memory grow with the lines, from a hundred thousand to a hundred million: RFM, and a whole refresh.

`python -m bench.growth [LINES …]`, a hundred lines a customer; `--plot FILE` draws it (needs matplotlib).
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb
import ibis

from bench.refresh import runs
from guanxi.analytical.value import rfm

SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)
LINES_PER_CUSTOMER = 100
MEMORY = "3GB"
Given, Found = TypeVar("Given"), TypeVar("Found")


@dataclass(frozen=True)
class Point:
    """What one size took: seconds and GiB."""

    lines: int
    seconds: float
    memory: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("lines", type=int, nargs="*", default=SIZES)
    arguments.add_argument("--plot", type=Path)
    given = arguments.parse_args()
    series: dict[str, list[Point]] = {"RFM": [], "whole refresh": [], "refresh after a thousandth more": []}
    for lines in given.lines:
        series["RFM"].append(alone(rfm_of, lines))
        for name, point in zip(list(series)[1:], alone(refreshes_of, lines), strict=True):
            series[name].append(point)
        for name, points in series.items():
            print(f"{name:<32} {lines:>12,} lines {points[-1].seconds:8.1f} s {points[-1].memory:6.2f} GiB", flush=True)
    if given.plot:
        draw(series, given.plot)


def alone(task: Callable[[Given], Found], given: Given) -> Found:
    """In a process of its own, so that its peak of memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(task, given).result()


def rfm_of(lines: int) -> Point:
    """RFM of every customer; one line in twenty is a return."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        file = Path(folder) / "lines.parquet"
        alone(write_lines, (lines, file))
        backend = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=folder)
        backend.raw_sql("SET enable_progress_bar = false")
        began = time.perf_counter()
        scored = rfm(backend.read_parquet(file), date(2025, 12, 31)).to_pyarrow()
        seconds = time.perf_counter() - began
    assert scored.num_rows <= lines // LINES_PER_CUSTOMER
    return Point(lines, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)


def write_lines(wanted: tuple[int, Path]) -> None:
    lines, file = wanted
    with duckdb.connect(config={"memory_limit": MEMORY}) as database:
        database.execute("SET enable_progress_bar = false")
        database.execute(
            f"""COPY (SELECT CAST(hash(i // 4) % {lines // LINES_PER_CUSTOMER} AS BIGINT) AS party, i // 4 AS order_id,
            TIMESTAMP '2024-01-01' + to_minutes(CAST(hash(i // 4 + 1) % (730 * 1440) AS BIGINT)) AS "at",
            hash(i * 3) % 10000 / 100.0 - 5 AS amount FROM range({lines}) t(i)) TO '{file}' (FORMAT parquet)"""
        )


def refreshes_of(lines: int) -> list[Point]:
    return [Point(lines, run.seconds, run.memory) for run in runs(lines // LINES_PER_CUSTOMER, lines)]


def draw(series: dict[str, list[Point]], file: Path) -> None:
    """Both axes by powers of ten, with a straight line of cost that grows as the lines do."""
    import matplotlib  # noqa: PLC0415 (a bench requirement)

    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    for name, points in series.items():
        axes.loglog([point.lines for point in points], [point.seconds for point in points], "o-", label=name)
    first, last = series["whole refresh"][0], series["whole refresh"][-1]
    proportional = [last.seconds * first.lines / last.lines, last.seconds]
    axes.loglog([first.lines, last.lines], proportional, ":", color="grey", label="in proportion to the lines")
    axes.set(xlabel="order lines", ylabel="seconds")
    axes.legend()
    figure.savefig(file, metadata={"Date": None})


if __name__ == "__main__":
    main()
