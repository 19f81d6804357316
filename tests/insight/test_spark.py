"""The same refresh on DuckDB and on a Spark cluster: every file that it leaves, to the last digit that counts."""

import gc
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from pytest_django.fixtures import Settings

from guanxi.customer.intake import ensure_source
from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.errors import UserError
from guanxi.foundation.history import Store
from guanxi.insight.models import Offer, Refresh
from guanxi.insight.offering.run import make_offers
from guanxi.insight.refresh import refresh
from guanxi.insight.refresh.folder import Folder
from tests.insight.cluster import cluster, missing
from tests.insight.facts import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
needs_spark = pytest.mark.skipif(bool(missing()), reason=missing())
leaves_sockets = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
# Seven lines an order, some returned, some of nobody; what a customer buys of and pays depends on the hashes alone.
LINES = """
SELECT 'till' AS source, CASE WHEN hash(i // 7) % 31 > 0 THEN CAST(hash(i // 7) % {customers} AS VARCHAR) END AS external_id,
       i AS line_key, TIMESTAMPTZ '2024-02-20 00:00:00Z' + to_seconds(CAST(hash(i // 7 + {seed}) % (740 * 86400) AS BIGINT)) AS "at",
       '{batch}-' || (i // 7) AS order_id, 'P' || (hash(i + 1) % 200) AS sku, 'goods' AS description,
       CAST(1 + hash(i + 2) % 12 AS DOUBLE) AS quantity, 1.0 AS unit_price,
       CASE WHEN hash(i + 3) % 20 = 0 THEN -1 ELSE 1 END * round((1 + hash(i + 2) % 12) * (2 + hash(i + 4) % 9) * 1.37, 2) AS amount,
       'GBP' AS currency, 'GB' AS country, CASE WHEN hash(i + 3) % 20 = 0 THEN 'return' ELSE 'sale' END AS kind
FROM range({first}, {first} + {lines}) t(i)
"""
# How near the figures of two engines are: sums may be added in another order, an optimiser stops anywhere within its
# tolerance, and a figure shown to the penny falls either way from the middle.
REDUCED, FITTED, PENNY = {"rtol": 1e-9, "atol": 1e-9}, {"rtol": 1e-6, "atol": 1e-9}, {"rtol": 1e-6, "atol": 0.0101}
NEAR = {
    **dict.fromkeys(("days", "statistics", "calibration", "earlier", "past", "prices", "articles"), REDUCED),
    **dict.fromkeys(("gaps", "growth"), REDUCED),
    **dict.fromkeys(("forecast", "churn", "worth", "figures", "needs", "suggestions"), FITTED),
    "readings": PENNY,
}


@pytest.fixture
def spark(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From here on refreshes run on a cluster, as GUANXI_ENGINE=spark has them."""
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "spark-defaults.conf").write_text("spark.executor.memory 1g\nspark.sql.shuffle.partitions 8\n")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path / "conf"))
    with cluster(tmp_path) as address:
        settings.ENGINE, settings.SPARK_MASTER = "spark", address
        yield
        gc.collect()  # PySpark leaves the sockets of its answers to the collector


def company_of(history: Store, customers: int, lines: int) -> None:
    """Customers on record for all that the lines name but a few, two of them merged."""
    till = ensure_source(key="till", name="Till", rank=50)
    made = Party.objects.bulk_create(
        Party(name=str(number), sort_key=str(number), created_at=TODAY) for number in range(customers - 3)
    )
    SourceRecord.objects.bulk_create(
        SourceRecord(source=till, external_id=each.name, home=each, party=each, as_of=TODAY, received_at=TODAY)
        for each in made
    )
    SourceRecord.objects.filter(external_id__in=["5", "6"]).update(party=made[4])
    bring(history, "first", customers=customers, lines=lines)


def bring(history: Store, batch: str, *, customers: int, lines: int, first: int = 0) -> None:
    query = LINES.format(customers=customers, lines=lines, first=first, batch=batch, seed=len(batch))
    with duckdb.connect(config={"memory_limit": "2GB"}) as database:
        database.execute("SET TimeZone = 'UTC'")
        history.append("order_lines", batch, database.sql(query))


def refreshed(seconds: int = 0) -> Refresh:
    """As of the same moment every time."""
    return refresh(as_of=TODAY, at=TODAY + timedelta(seconds=seconds), by=None)


def files_of(run: Refresh) -> dict[str, pa.Table]:
    folder = Folder.of(run)
    found = {name: pq.read_table(getattr(folder, name)) for name in NEAR if getattr(folder, name).exists()}
    found["days"] = found["days"].sort_by([(name, "ascending") for name in ("source", "external_id", "day")])
    return found


def offers() -> list[tuple[object, ...]]:
    """What a making of them publishes, with the articles by their names."""
    assert make_offers(at=TODAY) is not None
    shown = ("party", "kind", "rank", "article__sku", "because__sku", "days", "last_on", "every_days")
    figures = ("article__price", "confidence", "others", "lift")
    rows = Offer.objects.order_by("party", "kind", "rank").values_list(*shown, *figures)
    return [tuple(round(each, 9) if isinstance(each, float) else each for each in row) for row in rows]


def assert_same(here: dict[str, pa.Table], there: dict[str, pa.Table]) -> None:
    assert here.keys() == there.keys()
    for name, table in here.items():
        other = there[name]
        assert table.schema.equals(other.schema), name
        assert table.num_rows == other.num_rows, name
        for column in table.column_names:
            ours, theirs = values_of(table[column]), values_of(other[column])
            if ours.dtype.kind == "f":
                np.testing.assert_allclose(theirs, ours, **NEAR[name], err_msg=f"{name}.{column}")
            else:
                assert theirs.tolist() == ours.tolist(), f"{name}.{column}"


def values_of(column: pa.ChunkedArray) -> np.ndarray:
    """Numbers with nan for null; lists of numbers as one array."""
    if pa.types.is_list(column.type) and pa.types.is_floating(column.type.value_type):
        column = pc.list_flatten(column)
    if pa.types.is_floating(column.type):
        return column.to_numpy()
    return np.array(column.to_pylist(), dtype=object)


@needs_spark
@leaves_sockets
@pytest.mark.xdist_group("spark")
def test_a_cluster_of_two_workers_and_this_process_come_to_the_same(
    request: pytest.FixtureRequest, company: object, history: Store, settings: Settings
) -> None:
    company_of(history, customers=300, lines=20_000)
    here, offered_here = files_of(refreshed()), offers()
    assert here["articles"].num_rows > 250
    assert offered_here
    shutil.rmtree(Folder.of(Refresh.objects.get()).path.parent)  # the cluster starts afresh

    request.getfixturevalue("spark")
    there = files_of(refreshed(1))
    assert_same(here, there)
    assert offers() == offered_here

    bring(history, "second", customers=300, lines=700, first=20_000)
    SourceRecord.objects.filter(external_id="6").update(party=Party.objects.get(name="6"))
    continued = refreshed(2)
    there = files_of(continued)
    assert 0 < continued.steps.get(name="days").facts["reduced"] < 200

    settings.ENGINE = "duckdb"
    shutil.rmtree(Folder.of(continued).path.parent)
    assert_same(files_of(refreshed(3)), there)


@needs_spark
@leaves_sockets
@pytest.mark.prove
def test_two_million_lines_give_the_same_refresh_on_both_engines(
    request: pytest.FixtureRequest, company: object, history: Store, record_property: pytest.FixtureRequest
) -> None:
    company_of(history, customers=100_000, lines=2_000_000)
    run = refreshed()
    here = files_of(run)
    took = sum(run.steps.values_list("seconds", flat=True))
    shutil.rmtree(Folder.of(run).path.parent)

    request.getfixturevalue("spark")
    run = refreshed(1)

    assert_same(here, files_of(run))
    record_property("lines", "2,000,000")
    record_property("rows compared", f"{sum(table.num_rows for table in here.values()):,}")
    record_property("seconds on DuckDB", f"{took:.0f}")
    record_property("seconds on two workers of one core", f"{sum(run.steps.values_list('seconds', flat=True)):.0f}")


def test_an_engine_that_nobody_knows_is_refused_with_a_sentence(
    company: object, history: Store, settings: Settings
) -> None:
    settings.ENGINE = "hadoop"

    with pytest.raises(UserError, match="hadoop"):
        refreshed()
