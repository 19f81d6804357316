"""IBM's telephone customers: who left. Five-fold figures computed once by a logistic regression of scikit-learn."""

from statistics import mean

import pyarrow.parquet as pq
import pytest

from guanxi.analytical.scoring import Assessment, Features, Signal, assess
from tests.truths.conftest import CARRIED


@pytest.fixture(scope="module")
def left() -> Assessment:
    table = pq.read_table(CARRIED / "telco_churn" / "customers.parquet")
    happened = (table["Churn"].to_numpy(zero_copy_only=False) == "Yes").astype(float)
    return assess(Features.from_table(table.drop_columns(["Churn"])), happened, seed=6)


def test_who_leaves_is_ranked_as_well_as_published(left: Assessment) -> None:
    """Published: 0.8451 (standard deviation of the folds 0.013), average precision 0.654, Brier score 0.1355."""
    assert (left.across.units, round(left.across.base_rate, 4)) == (7043, 0.2654)
    assert left.signal is Signal.FOUND
    assert mean(left.fold_aucs) == pytest.approx(0.8451, abs=0.001)
    assert left.across.average_precision == pytest.approx(0.654, abs=0.01)
    assert left.across.brier == pytest.approx(0.1355, abs=0.0005)
    assert left.across.lift == pytest.approx(2.86, abs=0.06)


def test_the_chances_come_true_in_every_tenth(left: Assessment) -> None:
    assert max(abs(point.predicted - point.observed) for point in left.across.curve) < 0.06
