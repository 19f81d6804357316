"""The history at size: intake, one customer, a full reading, erasure. `python -m bench.history [LINES]`.

Every figure stands beside a plain DuckDB doing the bare minimum on the same machine in the same minute: read the ratio.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
import duckdb
from django.conf import settings
from django.core.management import call_command

from bench.memory import peak
from guanxi.foundation import server
from guanxi.foundation.history import Store, store

LINES = 20_000_000
GIVEN = """
SELECT 'shop' AS source, 'C' || hash(i) % greatest({lines} // 20, 1) AS external_id, i AS line_key,
    TIMESTAMPTZ '2023-01-01 00:00:00+00' + to_seconds(CAST(i * 63072000.0 / {lines} AS BIGINT)) AS "at",
    'O' || i // 4 AS order_id, 'S' || hash(i, 3) % 4000 AS sku, 'Article number ' || hash(i, 3) % 4000 AS description,
    CAST(1 + hash(i, 4) % 12 AS DOUBLE) AS quantity, hash(i, 3) % 5000 / 100.0 AS unit_price,
    (1 + hash(i, 4) % 12) * (hash(i, 3) % 5000 / 100.0) AS amount, 'GBP' AS currency, 'GB' AS country, 'sale' AS kind
FROM range({lines}) given(i)
"""
RECENCY_FREQUENCY_VALUE = """
SELECT source, external_id, max("at") AS latest, count(DISTINCT order_id) AS orders, sum(amount) AS spent
FROM {facts} GROUP BY source, external_id
"""


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        home = Path(folder)
        with server.use(home):
            settings.configure(
                INSTALLED_APPS=["guanxi.foundation.history"],
                DATABASES={"default": server.database_settings(home, os.environ)},
                GUANXI_HOME=home,
            )
            django.setup()
            call_command("migrate", "history", verbosity=0)
            measure(store(), home, lines)


def measure(history: Store, home: Path, lines: int) -> None:
    given, plain = home / "given.parquet", home / "plain.parquet"
    with duckdb.connect() as reference:
        reference.execute("SET TimeZone = 'UTC'")
        reference.execute(f"COPY ({GIVEN.format(lines=lines)}) TO '{given}' (FORMAT parquet)")
        print(f"{lines:,} lines of {lines // 20:,} customers over two years")
        print(f"{'':34}{'history':>10}{'plain':>10}{'ratio':>8}")
        copy = seconds(
            lambda: reference.execute(f"COPY (FROM '{given}') TO '{plain}' (FORMAT parquet, COMPRESSION zstd)")
        )
        taken = seconds(lambda: history.append("order_lines", "bench", given))
        line("intake, thousand rows/s", lines / taken / 1000, lines / copy / 1000)
        again = f"SELECT * FROM '{plain}' WHERE source = 'shop' AND external_id = 'C7' ORDER BY \"at\""
        one = usual(lambda: history.facts_of("order_lines", [("shop", "C7")]))
        line("facts of one customer, ms", 1000 * one, 1000 * usual(lambda: reference.execute(again).to_arrow_table()))
        full = seconds(lambda: recency_frequency_value(history))
        query = RECENCY_FREQUENCY_VALUE.format(facts=f"'{plain}'")
        line("recency, frequency, value, s", full, seconds(lambda: reference.execute(query).to_arrow_table()))
    line("the same batch again, ms", 1000 * seconds(lambda: history.append("order_lines", "bench", given)))
    line("lines already known, thousand/s", lines / 1000 / seconds(lambda: known(history, given)))
    line("erase one customer, s", seconds(lambda: history.erase("order_lines", [("shop", "C7")])))
    line("compact, s", seconds(lambda: history.compact("order_lines")))
    line("peak memory, GiB", peak())


def recency_frequency_value(history: Store) -> None:
    with history.read() as reading:
        reading.duck.execute(RECENCY_FREQUENCY_VALUE.format(facts=reading.view("order_lines"))).to_arrow_table()


def known(history: Store, given: Path) -> None:
    assert history.append("order_lines", "bench again", given, skip_known=True).rows == 0


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def usual(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(15))


def line(name: str, ours: float, plain: float | None = None) -> None:
    compared = f"{plain:10.1f}{ours / plain:8.2f}" if plain else ""
    print(f"{name:34}{ours:10.1f}{compared}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
