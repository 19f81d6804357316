"""Dunnett (1964), "New tables for multiple comparisons with a control", Biometrics 20: the exact two-sided values."""

import numpy as np
import pytest

from guanxi.analytical.experiments import family_reach


@pytest.mark.parametrize(
    ("degrees", "published"),
    [
        (5, [2.57, 3.03, 3.29, 3.48, 3.62, 3.73, 3.82, 3.90, 3.97]),
        (10, [2.23, 2.57, 2.76, 2.89, 2.99, 3.07, 3.14, 3.19, 3.24]),
        (20, [2.09, 2.38, 2.54, 2.65, 2.73, 2.80, 2.86, 2.90, 2.95]),
        (60, [2.00, 2.27, 2.41, 2.51, 2.58, 2.64, 2.69, 2.73, 2.77]),
        (float("inf"), [1.96, 2.21, 2.35, 2.44, 2.51, 2.57, 2.61, 2.65, 2.69]),
    ],
)
def test_the_five_percent_table_for_arms_of_one_size(degrees: float, published: list[float]) -> None:
    """One to nine treatments, to the printed digit (3.6148 is printed as 3.62)."""
    found = [family_reach([np.sqrt(0.5)] * treatments, degrees) for treatments in range(1, 10)]
    assert found == pytest.approx(published, abs=0.0055)
