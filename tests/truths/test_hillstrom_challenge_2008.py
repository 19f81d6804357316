"""Kevin Hillstrom's MineThatData e-mail challenge (2008): 64,000 customers, two mailings and none."""

import pytest

from guanxi.analytical.experiments import Conclusion, Moments, difference, proportions, sample_ratio, verdict
from tests.truths.conftest import beside

NONE, MENS, WOMENS = "No E-Mail", "Mens E-Mail", "Womens E-Mail"


@pytest.fixture(scope="module")
def arms() -> dict[tuple[str, str], Moments]:
    table = beside("hillstrom/hillstrom.parquet").to_pandas()
    return {
        (arm, outcome): Moments.of(table[outcome][table["segment"] == arm].to_numpy())
        for arm in (NONE, MENS, WOMENS)
        for outcome in ("visit", "conversion", "spend")
    }


@pytest.mark.parametrize(
    ("arm", "visit", "conversion", "spend"),
    [(NONE, 10.617, 0.573, 0.6528), (MENS, 18.276, 1.253, 1.4226), (WOMENS, 15.140, 0.884, 1.0772)],
)
def test_the_arms_have_the_published_means(
    arms: dict[tuple[str, str], Moments], arm: str, visit: float, conversion: float, spend: float
) -> None:
    assert arms[arm, "visit"].mean_y * 100 == pytest.approx(visit, abs=0.0005)
    assert arms[arm, "conversion"].mean_y * 100 == pytest.approx(conversion, abs=0.0005)
    assert arms[arm, "spend"].mean_y == pytest.approx(spend, abs=0.00005)


@pytest.mark.parametrize(
    ("arm", "visit", "spend"), [(MENS, (7.659, 22.5), (0.770, 5.3)), (WOMENS, (4.523, 13.9), (0.424, 3.26))]
)
def test_the_increments_and_their_t_values_are_the_published_ones(
    arms: dict[tuple[str, str], Moments], arm: str, visit: tuple[float, float], spend: tuple[float, float]
) -> None:
    visits = proportions(arms[NONE, "visit"], arms[arm, "visit"])
    assert visits.difference * 100 == pytest.approx(visit[0], abs=0.0005)
    assert visits.difference / visits.standard_error == pytest.approx(visit[1], abs=0.06)
    dollars = difference(arms[NONE, "spend"], arms[arm, "spend"])
    assert dollars.difference == pytest.approx(spend[0], abs=0.0005)
    assert dollars.difference / dollars.standard_error == pytest.approx(spend[1], abs=0.05)


def test_the_arms_were_drawn_in_thirds(arms: dict[tuple[str, str], Moments]) -> None:
    counts = [arms[arm, "visit"].n for arm in (NONE, MENS, WOMENS)]
    assert counts == [21_306, 21_307, 21_387]
    assert sample_ratio(counts, [1, 1, 1]).is_ok


def test_the_mens_mailing_earns_its_cost_as_long_as_a_mail_costs_little(
    arms: dict[tuple[str, str], Moments],
) -> None:
    control, treated = arms[NONE, "spend"], arms[MENS, "spend"]
    cheap = verdict(control, treated, shares=[1, 1], has_ended=True, cost=0.10 * treated.n)
    dear = verdict(control, treated, shares=[1, 1], has_ended=True, cost=2.00 * treated.n)
    assert (cheap.conclusion, dear.conclusion) == (Conclusion.EARNS, Conclusion.LOSES)
