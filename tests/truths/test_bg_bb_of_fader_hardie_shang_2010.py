"""Fader, Hardie & Shang (2010), Marketing Science 29, 1086-1108; figures of the R package BTYD's walk-through."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from guanxi.analytical.value import BgBb, Opportunities, expected_transactions, fit_bg_bb, probability_active_next
from tests.truths.conftest import CARRIED


@pytest.fixture(scope="module")
def donors() -> Opportunities:
    table = pq.read_table(CARRIED / "donations" / "summary.parquet")
    return Opportunities.of(*(table[name].to_numpy() for name in ("frequency", "recency", "periods", "weights")))


@pytest.fixture(scope="module")
def model(donors: Opportunities) -> BgBb:
    return fit_bg_bb(donors)


def test_the_parameters_are_the_printed_ones(model: BgBb) -> None:
    found = (model.alpha, model.beta, model.gamma, model.delta)
    assert found == pytest.approx((1.2035, 0.7497, 0.6568, 2.7838), abs=0.0004)  # printed after an earlier stop
    assert model.rounded(4) == BgBb(1.2035, 0.7497, 0.6567, 2.7834)  # scipy's and lifetimes'


def test_the_log_likelihood_of_the_11104_donors_is_the_printed_one(model: BgBb) -> None:
    assert model.report is not None
    assert (model.report.customers, round(model.report.log_likelihood, 2)) == (11_104, -33_225.58)
    assert model.report.is_sound


def test_a_newcomer_gives_3_18_times_in_ten_years(model: BgBb) -> None:
    newcomer = Opportunities.of([0], [0], [0])
    assert expected_transactions(model, newcomer, ahead=10)[0] == pytest.approx(3.1798, abs=0.0001)


def test_the_two_donors_of_the_walkthrough(model: BgBb) -> None:
    never, often = expected_transactions(model, Opportunities.of([0, 4], [0, 5], [6, 6]), ahead=10)
    assert (never, often) == pytest.approx((0.13022, 3.62797), abs=0.00005)


@pytest.mark.parametrize(
    ("frequency", "recency", "five_years", "active"),
    [(0, 0, 0.07, 0.11), (1, 6, 1.15, 0.93), (2, 4, 1.06, 0.59), (4, 4, 0.58, 0.20), (6, 6, 3.75, 0.93)],
)
def test_the_tables_of_five_years_and_of_who_is_still_there(
    model: BgBb, frequency: int, recency: int, five_years: float, active: float
) -> None:
    """As lifetimes gives them for the whole table of recency and frequency, to the paper's two digits."""
    donor = Opportunities.of([frequency], [recency], [6])
    assert expected_transactions(model, donor, ahead=5)[0] == pytest.approx(five_years, abs=0.005)
    assert probability_active_next(model, donor)[0] == pytest.approx(active, abs=0.005)


def test_the_expectation_is_the_papers_closed_form(model: BgBb) -> None:
    from scipy.special import betaln, gammaln  # noqa: PLC0415 (for the closed form alone)

    a, b, c, d, x, n, ahead = model.alpha, model.beta, model.gamma, model.delta, 3.0, 6.0, 7.0

    def later(t: float) -> float:
        return float(np.exp(gammaln(1 + d + t) - gammaln(c + d + t)))

    taken = np.exp(betaln(a + x + 1, b + n - x) - betaln(a, b))
    left = d / (c - 1) * np.exp(gammaln(c + d) - gammaln(1 + d)) * (later(n) - later(n + ahead))
    terms = [betaln(a + x, b + j - x) + betaln(c + 1, d + j) for j in range(5, 6)]
    terms.append(betaln(a + x, b + n - x) + betaln(c, d + n))
    likelihood = np.exp(np.array(terms) - betaln(a, b) - betaln(c, d)).sum()
    found = expected_transactions(model, Opportunities.of([3], [5], [6]), ahead=7)[0]
    assert found == pytest.approx(taken * left / likelihood, rel=1e-9)
