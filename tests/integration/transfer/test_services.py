"""What on an invoice is no goods, told by its name when it first comes in."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanxi.foundation.catalogue.queries import services
from guanxi.integration.transfer.lines.intake import know_products

pytestmark = pytest.mark.django_db
NO_GOODS = (
    "POSTAGE", "DOTCOM POSTAGE", "Next Day Carriage", "Shipping costs", "Manual", "Discount", "Bank Charges", "AMAZON FEE",
    "SAMPLES", "Adjust bad debt", "CRUK Commission", "运费", "顺丰快递费", "折扣", "包装费（冷链）", "价格调整",
)  # fmt: skip
GOODS = ("Coffee", "Postage stamp album", "Delivery van toy", "Discount card holder", "免运费大米", "Charger", "茶叶")


def test_postage_fees_and_corrections_are_services_and_goods_that_speak_of_them_are_not(tmp_path: Path) -> None:
    names = [*NO_GOODS, *GOODS]
    rows = {
        "row": range(len(names)), "reason": pa.nulls(len(names), pa.string()), "sku": names, "description": names,
        "kind": ["sale"] * len(names),
    }  # fmt: skip
    pq.write_table(pa.table({key: pa.array(values) for key, values in rows.items()}), tmp_path / "lines.parquet")

    know_products(tmp_path / "lines.parquet", 0, len(names))

    assert services() == set(NO_GOODS)
