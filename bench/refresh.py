"""How long a refresh takes, and how much memory: `python -m bench.refresh --customers 1000000 --lines 20000000`.

Makes a company of that size in a throw-away folder (customers by COPY, order lines through the history), refreshes it
twice (everything, then a day later with that day's lines) and prints seconds per step and the peak of resident memory.
"""

import argparse
import multiprocessing
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.memory import peak

NOW, MIDNIGHT = datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
A_DAY = 7  # lines of a customer who buys on it: some order twice
LINES = """
COPY (
    WITH buyers AS (SELECT i AS id, -ln(1 - random()) * {per} AS rate FROM range({customers}) t(i)),
    orders AS (
        SELECT id, unnest(range(CAST(greatest(1, round(rate)) AS BIGINT))) AS number FROM buyers
    ),
    placed AS (
        SELECT id, number,
               TIMESTAMPTZ '{until}' - to_seconds(CAST(random() * {days} * 86400 AS BIGINT)) AS moment
        FROM orders
    ),
    cut AS (SELECT *, unnest(range({basket})) AS line FROM placed),
    priced AS MATERIALIZED (SELECT *, round(exp(1.5 + random() * 2), 2) AS price FROM cut)
    SELECT 'till' AS source, CAST(id AS VARCHAR) AS external_id,
           {days} * 1000000000000 + row_number() OVER () AS line_key, moment AS "at", id || '-' || number AS order_id,
           'P' || hash(id * 20 + hash(number * 7 + line) % 20) % 5000 AS sku,  -- each has twenty favourites
           'goods' AS description, 1.0 AS quantity, price AS unit_price,
           price AS amount, 'GBP' AS currency, 'GB' AS country, 'sale' AS kind
    FROM priced
) TO '{target}' (FORMAT parquet)
"""


@dataclass(frozen=True)
class Run:
    """One refresh: seconds in all and by step, processor seconds of its process, parties, peak memory in GiB."""

    seconds: float
    steps: dict[str, float]
    processor: float
    parties: int
    memory: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=100_000)
    arguments.add_argument("--lines", type=int, default=2_000_000)
    given = arguments.parse_args()
    for name, run in zip(("whole", "a day later"), runs(given.customers, given.lines), strict=True):
        for step, seconds in run.steps.items():
            print(f"  {step:<12} {seconds:7.1f} s")
        print(
            f"refresh, {name}: {run.seconds:.1f} s ({run.processor:.1f} s of processor, PostgreSQL's apart)", end=", "
        )
        print(f"{run.parties:,} parties, peak resident memory {run.memory:.2f} GiB", flush=True)


def runs(customers: int, lines: int) -> tuple[Run, Run]:
    """A refresh of everything, and one a day and a thousandth of lines later. Once a process: it sets Django up."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        os.environ |= {"GUANXI_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "guanxi.site.settings"}
        from guanxi.foundation import server  # noqa: PLC0415 (settings come from the environment made above)

        with server.use(Path(os.environ["GUANXI_HOME"])):
            return _runs(Path(folder), customers, lines)


def _runs(folder: Path, customers: int, lines: int) -> tuple[Run, Run]:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    make_company(folder, customers, lines)
    whole = in_a_process_of_its_own(0)
    bring_in(folder, lines // 1000 // A_DAY, lines // 1000, until=MIDNIGHT + timedelta(1), days=1)
    return whole, in_a_process_of_its_own(1)


def in_a_process_of_its_own(days: int) -> Run:
    """As in a worker: the peak of memory is then the refresh's, and not that of taking the lines in."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(refreshed, days).result()


def make_company(folder: Path, customers: int, lines: int) -> None:
    make_customers(customers)
    bring_in(folder, customers, lines, until=MIDNIGHT, days=730)


def make_customers(customers: int) -> None:
    from django.db import connection  # noqa: PLC0415

    from guanxi.customer.models import Source  # noqa: PLC0415
    from guanxi.foundation.company.models import Company  # noqa: PLC0415

    started = time.perf_counter()
    Company.objects.create(
        pk=1, name="Bench", currency="GBP", timezone="Europe/London", country="GB", margin=0.4, discount=0.1
    )
    source = Source.objects.create(key="till", name="Till")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customer_party (kind, name, latin_name, email, phone, street, city, postcode, country,"
            " language, provenance, sort_key, search, created_at)"
            " SELECT 'person', 'C' || i, '', '', '', '', '', '', 'GB', '',"
            " '{}', 'c' || i, 'c' || i, now() FROM generate_series(0, %s - 1) i",
            [customers],
        )
        cursor.execute(
            "INSERT INTO customer_sourcerecord"
            " (source_id, external_id, payload, fields, as_of, received_at, home_id, party_id)"
            " SELECT %s, substr(name, 2), '{}', '{}', now(), now(), id, id FROM customer_party",
            [source.pk],
        )
    print(f"{customers:,} customers made in {time.perf_counter() - started:.1f} s", flush=True)


def bring_in(folder: Path, customers: int, lines: int, *, until: datetime, days: int) -> None:
    import duckdb  # noqa: PLC0415

    from guanxi.foundation.history import store  # noqa: PLC0415

    target, basket = folder / f"{days}.parquet", 5
    per = max(1.0, lines / customers / basket)
    with duckdb.connect(config={"memory_limit": "3GB"}) as database:
        database.execute(
            LINES.format(per=per, customers=customers, basket=basket, days=days, until=until, target=target)
        )
    started = time.perf_counter()
    appended = store().append("order_lines", f"{days} days", target)
    target.unlink()
    seconds = time.perf_counter() - started
    print(f"{appended.rows:,} lines taken in within {seconds:.1f} s ({appended.rows / seconds:,.0f}/s)", flush=True)


def refreshed(days: int) -> Run:
    import django  # noqa: PLC0415

    django.setup()
    from guanxi.insight.refresh import refresh  # noqa: PLC0415

    at = NOW + timedelta(days)
    started, worked = time.perf_counter(), time.process_time()
    done = refresh(as_of=at, at=at, by=None)
    return Run(
        seconds=time.perf_counter() - started,
        steps=dict(done.steps.order_by("id").values_list("name", "seconds")),
        processor=time.process_time() - worked,
        parties=done.parties or 0,
        memory=peak(),
    )


if __name__ == "__main__":
    main()
