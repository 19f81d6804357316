import pytest

from guanxi.analytical.shares import wilson


def test_wilsons_interval_is_newcombes() -> None:
    """1998, table I, method 3."""
    assert wilson(81 / 263, 263, 1.96) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_wilsons_interval_by_a_hand_worked_example() -> None:
    """8 of 10 at 80 %: middle (0.8 + 1.6424/20) / (1 + 0.16424) = 0.7577, half 0.1561."""
    assert wilson(0.8, 10, 1.2816) == (pytest.approx(0.6016, abs=1e-4), pytest.approx(0.9138, abs=1e-4))


def test_it_stays_within_nil_and_one() -> None:
    for n in range(1, 400):
        assert 0 <= wilson(0.0, n, 1.96)[0] <= 1e-12
        assert 1 - 1e-12 <= wilson(1.0, n, 1.96)[1] <= 1
