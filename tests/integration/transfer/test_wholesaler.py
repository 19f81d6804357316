"""The wholesaler's 541,909 invoice lines, as Parquet and as CSV."""

import io
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from guanxi.foundation.company.models import Company
from guanxi.site.demo.customers import LINES as FILE
from tests.integration.transfer.files import imported, lines

pytestmark = pytest.mark.django_db(transaction=True)
TOTALS = (
    "count(*)",
    "count(external_id)",
    "round(sum(amount), 2)",
    "count(DISTINCT order_id)",
    "count(DISTINCT external_id)",
)


def part(rows: int) -> bytes:
    sink = io.BytesIO()
    pyarrow.csv.write_csv(pq.read_table(FILE).slice(0, rows), sink)
    return sink.getvalue()


def totals() -> tuple[object, ...]:
    return lines(*TOTALS, order="")[0]


def test_a_longer_export_brings_only_the_lines_that_are_new(company: Company) -> None:
    imported(part(3_000), source="till")
    longer = imported(part(5_000), source="till")
    assert (longer.counts["known"], longer.counts["added"]) == (3_000, 2_000)
    assert totals()[0] == 5_000


@pytest.mark.prove
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_all_lines_come_in_and_the_published_totals_stand(company: Company, form: str) -> None:
    content = Path(FILE).read_bytes() if form == "parquet" else part(541_909)
    import_ = imported(content, source="till")

    assert totals() == (541_909, 406_829, 9_747_747.93, 25_900, 4_372)
    assert import_.counts["customers_made"] == 4_372
    assert import_.counts["note:no_customer"] == 135_080
    assert imported(content, source="till").counts["known"] == 541_909
