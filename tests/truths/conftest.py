"""The published data that truths are checked against. Small permissive sets are carried here, others read beside."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanxi.analytical.value import Histories, calibration_and_holdout

CARRIED = Path(__file__).parent / "data"
BESIDE = Path(__file__).parents[3] / "shared" / "data"
CUT = date(1997, 9, 30)
HOLDOUT_DAYS = 273


def beside(name: str) -> pa.Table:
    """A data set that may be read but not carried; without it the test is skipped and says so."""
    file = BESIDE / name
    if not file.exists():
        pytest.skip(f"the data set {name} may not be carried here and ../shared/data does not hold it")
    return pq.read_table(file)


@dataclass(frozen=True)
class Cohort:
    """Customers at the end of the calibration period, in weeks, and what each bought in the weeks after it."""

    histories: Histories
    repeat_value: np.ndarray
    future_days: np.ndarray
    future_sales: np.ndarray


def cdnow_lines(name: str) -> ir.Table:
    """CDNOW as purchase lines; purchases of one day make one order."""
    table = ibis.duckdb.connect().read_parquet(CARRIED / "cdnow" / f"{name}.parquet")
    return table.select(
        party="party", at=table.day.cast("timestamp"), amount="value", order_id=table.day.cast("string")
    )


def cdnow_cohort(name: str) -> Cohort:
    """The papers count every purchase, free ones too (80 of 69,659), and measure time in weeks."""
    lines = cdnow_lines(name)
    table = calibration_and_holdout(lines, CUT, days=HOLDOUT_DAYS, count_free=True).to_pyarrow()
    frequency, recency, T = (table[c].to_numpy() for c in ("frequency", "recency", "T"))
    histories = Histories.of(frequency, recency / 7, T / 7, table["mean_value"].to_numpy())
    future_days, future_sales = (table[c].to_numpy().astype(float) for c in ("future_days", "future_sales"))
    return Cohort(histories, table["repeat_value"].to_numpy(), future_days, future_sales)


@pytest.fixture(scope="session")
def cdnow() -> Cohort:
    """The one-in-ten sample: 2,357 customers."""
    return cdnow_cohort("sample")


@pytest.fixture(scope="session")
def cdnow_full() -> Cohort:
    """The full file: 23,570 customers."""
    return cdnow_cohort("master")


@pytest.fixture(scope="session")
def wholesaler() -> ir.Table:
    """Online Retail as purchase lines of customers."""
    return ibis.duckdb.connect().read_parquet(CARRIED / "online_retail" / "invoices.parquet")
