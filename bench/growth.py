"""How time and memory grow with the lines, from a hundred thousand to a hundred million: RFM, and a whole refresh.

`python -m bench.growth [LINES …]`, a hundred lines a customer; `--plot FILE` draws it.
"""

import argparse
import math
import multiprocessing
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

from bench.memory import peak
from bench.refresh import runs
from guanxi.analytical.value import rfm
from tests.drawing.plot import Axis, Plot

SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)
LINES_PER_CUSTOMER = 100
MEMORY = "3GB"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
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
    series: dict[str, list[Point]] = {"RFM": [], "whole refresh": [], "a day later": []}
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
    return Point(lines, seconds, peak())


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
    """Both axes by powers of ten, beside a cost that grows just as the lines do."""
    whole = series["whole refresh"]
    low, high = math.log10(whole[0].lines), math.log10(whole[-1].lines)
    plot = Plot(
        "Time by order lines, both in powers of ten",
        Axis("order lines", low, high, range(round(low), round(high) + 1), power),
        Axis("seconds", -2, 3, range(-2, 4), power),
    )
    for name, points in series.items():
        plot.line(name, *([math.log10(value) for value in values] for values in zip(*map(place, points), strict=True)))
    last = math.log10(whole[-1].seconds)
    plot.line("as the lines", [low, high], [last - (high - low), last], dashed=True)
    file.write_text(plot.svg(), encoding="utf-8")


def place(point: Point) -> tuple[float, float]:
    return point.lines, point.seconds


def power(exponent: float) -> str:
    return "10" + f"{exponent:g}".translate(RAISED)


if __name__ == "__main__":
    main()
