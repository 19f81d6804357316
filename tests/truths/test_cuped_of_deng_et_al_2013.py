"""Deng, Xu, Kohavi & Walker (2013), "Improving the sensitivity of online controlled experiments" (CUPED)."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanxi.analytical.experiments import Moments, adjusted, difference, proportions
from tests.truths.conftest import CARRIED


def trial(name: str) -> pa.Table:
    return pq.read_table(CARRIED / "rct_small" / f"{name}.parquet")


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_the_variance_falls_to_one_minus_rho_squared(rho: float) -> None:
    rng, n = np.random.default_rng(5), 200_000
    before = rng.normal(size=n)
    after = rho * before + np.sqrt(1 - rho**2) * rng.normal(size=n)
    half = n // 2
    control, treated = Moments.of(after[:half], before[:half]), Moments.of(after[half:], before[half:])
    plain, sharp = difference(control, treated), difference(*adjusted(control, treated))
    assert (sharp.standard_error / plain.standard_error) ** 2 == pytest.approx(1 - rho**2, abs=0.01)


def test_the_job_training_of_lalonde_1986_raised_earnings_by_1794_dollars() -> None:
    """Dehejia & Wahba's sample of the National Supported Work demonstration: 185 treated, 260 controls."""
    table = trial("nsw")
    treated, after, before = (table[c].to_numpy() for c in ("treat", "re78", "re75"))
    arms = [Moments.of(after[treated == arm], before[treated == arm]) for arm in (0, 1)]
    plain, sharp = difference(*arms), difference(*adjusted(*arms))
    assert (round(plain.difference, 2), round(plain.standard_error, 1)) == (1794.34, 671.0)
    assert (round(sharp.difference, 2), round(sharp.standard_error, 1)) == (1747.13, 669.0)


def test_any_incentive_of_thornton_2008_raised_learning_ones_hiv_result_by_45_points() -> None:
    table = trial("thornton_hiv")
    arms = [Moments.of(table["got"].to_numpy()[table["any"].to_numpy() == arm]) for arm in (0, 1)]
    effect = difference(*arms)
    assert [round(arm.mean_y * 100, 2) for arm in arms] == [33.87, 78.92]
    assert effect.difference == pytest.approx(0.45, abs=0.005)
    assert effect.difference == pytest.approx(proportions(*arms).difference)
