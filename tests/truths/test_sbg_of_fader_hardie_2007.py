"""Fader & Hardie (2007), Journal of Interactive Marketing 21, 76-90: seven years known, five forecast."""

import numpy as np
import pytest

from guanxi.analytical.value import Contracts, Sbg, constant_retention, fit_sbg, residual_lifetime, survival

# Table 1 of the paper, per thousand customers, years 0 to 12 (data of Berry & Linoff).
HIGH_END = np.array([1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394.0])
REGULAR = np.array([1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173.0])
KNOWN = 8
COHORTS = [
    (HIGH_END, Sbg(0.668, 3.806), -1611.2, 0.04),
    (REGULAR, Sbg(0.704, 1.182), -1680.3, 0.02),
]


@pytest.mark.parametrize(("survivors", "printed", "likelihood", "error"), COHORTS, ids=["high end", "regular"])
def test_the_printed_parameters_and_year_twelve_within_the_printed_error(
    survivors: np.ndarray, printed: Sbg, likelihood: float, error: float
) -> None:
    model = fit_sbg(Contracts.of_cohort(survivors[:KNOWN]))
    assert model.rounded(3) == printed
    assert model.report is not None
    assert round(model.report.log_likelihood, 1) == likelihood
    assert abs(1000 * survival(model, [12])[0] / survivors[12] - 1) == pytest.approx(error, abs=0.005)


@pytest.mark.parametrize(
    ("survivors", "errors"), [(HIGH_END, (1.2, 8.9, 21.3)), (REGULAR, (0.3, 11.4, 34.6))], ids=["high end", "regular"]
)
def test_years_eight_to_twelve_are_nearer_than_by_one_rate_or_by_a_straight_line(
    survivors: np.ndarray, errors: tuple[float, float, float]
) -> None:
    """Mean absolute error in percent of the cohort: sBG, constant retention, straight line."""
    known, years = Contracts.of_cohort(survivors[:KNOWN]), np.arange(13)
    line = np.polyval(np.polyfit(years[:KNOWN], survivors[:KNOWN], 1), years)
    forecasts = survival(fit_sbg(known), years), constant_retention(known) ** years, line / 1000
    found = [100 * np.abs(forecast - survivors / 1000)[KNOWN:].mean() for forecast in forecasts]
    assert found == pytest.approx(errors, abs=0.05)


def test_the_straight_line_misses_year_twelve_by_81_percent_as_printed() -> None:
    line = np.polyval(np.polyfit(np.arange(KNOWN), HIGH_END[:KNOWN], 1), 12)
    assert line / HIGH_END[12] - 1 == pytest.approx(-0.81, abs=0.005)


@pytest.mark.parametrize("discount", [0.1, 0.01, 0.5])
def test_the_discounted_residual_lifetime_is_the_sum_of_what_survives(discount: float) -> None:
    """Fader & Hardie (2010), Marketing Science 29, 85-93, defines it as this sum."""
    model, later = Sbg(0.668, 3.806), np.arange(1, 20_000)
    for renewals in (0, 1, 4):
        shares = survival(model, renewals + later) / survival(model, [renewals])
        expected = (shares * (1 + discount) ** (1.0 - later)).sum()
        assert residual_lifetime(model, [renewals], discount=discount)[0] == pytest.approx(expected, rel=1e-6)
