"""Moro, Cortez & Rita (2014), Decision Support Systems 62, 22-31: calls of a bank, May 2008 to November 2010."""

from statistics import mean

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanxi.analytical.scoring import Assessment, Features, Signal, assess
from tests.truths.conftest import CARRIED


@pytest.fixture(scope="module")
def calls() -> pa.Table:
    return pq.read_table(CARRIED / "bank_marketing" / "calls.parquet")


@pytest.fixture(scope="module")
def subscribed(calls: pa.Table) -> np.ndarray:
    return (calls["y"].to_numpy(zero_copy_only=False) == "yes").astype(float)


@pytest.fixture(scope="module")
def honest(calls: pa.Table, subscribed: np.ndarray) -> Assessment:
    features = Features.from_table(calls.drop_columns(["y", "duration"]))
    return assess(features, subscribed, seed=1, order=np.arange(len(subscribed)))


def test_one_call_in_nine_sold_a_deposit(subscribed: np.ndarray) -> None:
    assert (len(subscribed), round(subscribed.mean() * 100, 2)) == (41_188, 11.27)


def test_the_random_split_is_ranked_as_others_rank_it(honest: Assessment) -> None:
    assert honest.signal is Signal.FOUND
    assert mean(honest.fold_aucs) == pytest.approx(0.79, abs=0.005)
    assert honest.leaks == ()


def test_the_time_split_is_much_worse_and_no_worse_than_a_plain_logistic_regression(honest: Assessment) -> None:
    """One-hot logistic regression: 0.667. The share that subscribes rises from 6 to 25 %, so the chances are too low."""
    assert honest.later is not None
    assert 0.667 <= honest.later.auc < 0.71
    assert honest.later.brier < honest.later.base_brier


def test_the_length_of_the_call_is_found_out(calls: pa.Table, subscribed: np.ndarray) -> None:
    found = assess(Features.from_table(calls.drop_columns(["y"])), subscribed, seed=1)
    assert mean(found.fold_aucs) == pytest.approx(0.935, abs=0.005)
    assert [leak.feature for leak in found.leaks] == ["duration"]
    assert (found.signal, found.model) == (Signal.LEAK, None)
