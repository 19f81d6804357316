"""IBM's telephone customers: who left. Five-fold figures computed once by a logistic regression of scikit-learn.

How the customers fall into five folds moves every figure a little, so each is stated over ten ways of folding.
"""

import numpy as np
import pyarrow.parquet as pq
import pytest

from guanxi.analytical.scoring import Assessment, Features, Signal, assess
from tests.truths.conftest import CARRIED

SEEDS = range(1, 11)


@pytest.fixture(scope="module")
def left() -> list[Assessment]:
    table = pq.read_table(CARRIED / "telco_churn" / "customers.parquet")
    happened = (table["Churn"].to_numpy(zero_copy_only=False) == "Yes").astype(float)
    features = Features.from_table(table.drop_columns(["Churn"]))
    return [assess(features, happened, seed=seed) for seed in SEEDS]


def test_more_than_one_in_four_left_and_that_can_be_told(left: list[Assessment]) -> None:
    assert {(each.across.units, round(each.across.base_rate, 4)) for each in left} == {(7043, 0.2654)}
    assert {each.signal for each in left} == {Signal.FOUND}


def test_who_leaves_is_ranked_as_well_as_published(left: list[Assessment]) -> None:
    """Published: 0.8451 (standard deviation of the folds 0.013), average precision 0.654, lift 2.86."""
    auc = np.array([np.mean(each.fold_aucs) for each in left])
    assert auc.mean() == pytest.approx(0.8451, abs=0.0005)
    assert np.ptp(auc) < 0.002
    assert np.mean([np.std(each.fold_aucs, ddof=1) for each in left]) == pytest.approx(0.013, abs=0.004)
    assert np.mean([each.across.average_precision for each in left]) == pytest.approx(0.654, abs=0.005)
    assert np.mean([each.across.lift for each in left]) == pytest.approx(2.86, abs=0.04)


def test_the_chances_come_true_in_every_tenth(left: list[Assessment]) -> None:
    """Published Brier score: 0.1355."""
    assert np.mean([each.across.brier for each in left]) == pytest.approx(0.1355, abs=0.0003)
    gaps = [max(abs(point.predicted - point.observed) for point in each.across.curve) for each in left]
    assert max(gaps) < 0.06
    assert np.mean(gaps) < 0.045
