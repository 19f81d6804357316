"""How long the week's offers take, and how much memory: `python -m bench.offers [purchases]`, a million if not said.

A company in a throw-away folder whose customers buy as in `bench.recommend`, one purchase a month; then the whole
making, as the worker does it: from the order lines through the trial of all methods to the published table.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from bench.memory import peak
from bench.recommend import EACH, generated
from bench.refresh import make_customers

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINES = """
COPY (
    SELECT 'till' AS source, CAST(party AS VARCHAR) AS external_id, row_number() OVER () AS line_key,
           TIMESTAMPTZ '2026-03-02 08:00:00+00'
               - to_days(CAST(({each} - 1 - nth) * 30 + hash(party, nth) % 28 AS INTEGER)) AS "at",
           party || '-' || nth AS order_id, 'P' || item AS sku, 'Article ' || item AS description, 1.0 AS quantity,
           1.0 + item % 50 AS unit_price, 1.0 + item % 50 AS amount, 'GBP' AS currency, 'GB' AS country, 'sale' AS kind
    FROM bought
) TO '{target}' (FORMAT parquet)
"""


def main() -> None:
    purchases = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        os.environ |= {"GUANXI_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "guanxi.site.settings"}
        from guanxi.foundation import server  # noqa: PLC0415 (settings come from the environment made above)

        with server.use(Path(os.environ["GUANXI_HOME"])):
            _make(Path(folder), purchases)


def _make(folder: Path, purchases: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from guanxi.insight.models import Refresh  # noqa: PLC0415
    from guanxi.insight.offering import make_offers  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    make_customers(purchases // EACH)
    bring_in(folder, purchases)
    Refresh.objects.create(as_of=NOW, started_at=NOW, published_at=NOW)
    started, worked = time.perf_counter(), time.process_time()
    made = make_offers(at=NOW)
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    print(f"{seconds:.1f} s ({processor:.1f} s of processor, PostgreSQL's apart), peak {peak():.2f} GiB")
    print(made.facts if made else "nothing was made")


def bring_in(folder: Path, purchases: int) -> None:
    from guanxi.foundation.history import store  # noqa: PLC0415

    target = folder / "lines.parquet"
    with duckdb.connect(config={"memory_limit": "3GB"}) as database:
        database.register("bought", generated(purchases))
        database.execute(LINES.format(each=EACH, target=target))
    store().append("order_lines", "first", target)
    target.unlink()


if __name__ == "__main__":
    main()
