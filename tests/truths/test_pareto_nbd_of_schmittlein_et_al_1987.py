"""Schmittlein, Morrison & Colombo (1987), fitted to CDNOW by Fader & Hardie (2005) and the R package BTYD."""

import numpy as np
import pytest
from scipy.special import gammaln, hyp2f1

from guanxi.analytical.value import (
    Histories,
    ParetoNbd,
    Statistics,
    expected_purchases,
    fit_pareto_nbd,
    probability_alive,
)
from guanxi.analytical.value.pareto_nbd import Likelihood
from guanxi.analytical.value.race import buying_first, leaving_first
from tests.truths.conftest import Cohort

CUSTOMER_1516 = Histories.of([26], [30.857], [31])


@pytest.fixture(scope="module")
def model(cdnow: Cohort) -> ParetoNbd:
    return fit_pareto_nbd(Statistics.of(cdnow.histories))


def test_the_parameters_are_the_printed_ones(model: ParetoNbd) -> None:
    assert model.rounded(3) == ParetoNbd(r=0.553, alpha=10.578, s=0.606, beta=11.669)


def test_the_log_likelihood_is_the_printed_one(model: ParetoNbd) -> None:
    assert model.report is not None
    assert model.report.log_likelihood == pytest.approx(-9594.976, abs=0.0005)
    assert model.report.is_sound


def test_the_full_file_gives_the_parameters_of_an_independent_implementation(cdnow_full: Cohort) -> None:
    model = fit_pareto_nbd(Statistics.of(cdnow_full.histories))
    assert model.rounded(4) == ParetoNbd(r=0.5974, alpha=11.5857, s=0.5222, beta=8.8278)
    assert model.report is not None
    assert model.report.log_likelihood == pytest.approx(-95_415.12, abs=0.005)


def test_a_newcomer_is_expected_1_473_times_in_a_year(model: ParetoNbd) -> None:
    assert expected_purchases(model, Histories.of([0], [0], [0]), horizon=52)[0] == pytest.approx(1.4734, abs=0.0001)


def test_customer_1516_of_the_btyd_walkthrough(model: ParetoNbd) -> None:
    assert expected_purchases(model, CUSTOMER_1516, horizon=52)[0] == pytest.approx(25.456, abs=0.002)
    assert probability_alive(model, CUSTOMER_1516)[0] == pytest.approx(0.997874, abs=0.00001)


def test_who_bought_often_and_then_fell_silent_is_expected_less(model: ParetoNbd) -> None:
    """The increasing-frequency paradox of the BTYD walkthrough."""
    silent = Histories.of([10, 15, 20, 25], [20] * 4, [39] * 4)
    printed = [0.7062, 0.1442, 0.02250, 0.00309]
    assert expected_purchases(model, silent, horizon=52) == pytest.approx(printed, rel=0.002)


def test_the_expectations_by_calibration_frequency_are_those_of_the_btyd_walkthrough(
    cdnow: Cohort, model: ParetoNbd
) -> None:
    expected = expected_purchases(model, cdnow.histories, horizon=39)
    bins = [float(expected[np.minimum(cdnow.histories.frequency, 7) == x].mean()) for x in range(8)]
    assert bins == pytest.approx([0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], abs=0.0015)


@pytest.mark.parametrize(
    "model", [ParetoNbd(0.55, 10.6, 0.61, 11.7), ParetoNbd(0.55, 12, 0.61, 3), ParetoNbd(2, 1, 3, 9)]
)
def test_the_likelihood_is_that_of_the_notes_equations(model: ParetoNbd) -> None:
    """One customer's likelihood by the hypergeometric function, for alpha below and above beta."""
    r, alpha, s, beta, x, t_x, T = model.r, model.alpha, model.s, model.beta, 3.0, 8.0, 20.0
    high, low, power = (alpha, beta, s + 1) if alpha >= beta else (beta, alpha, r + x)

    def at(t: float) -> float:
        series = hyp2f1(r + s + x, power, r + s + x + 1, (high - low) / (high + t))
        return float(series / (high + t) ** (r + s + x))

    gone = s / (r + s + x) * (at(t_x) - at(T))
    known = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    expected = known + np.log((alpha + T) ** -(r + x) * (beta + T) ** -s + gone)
    loss, _ = Likelihood(Statistics.counted([x], [t_x], [T], [1]), 1.0)(np.array([r, alpha, s, beta]))
    assert -loss == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("m", "s", "ratio", "printed"),
    [
        (0.5, 0.6, 0.9, 0.531751482187),
        (3000, 0.2, 40, 0.00262604978186),
        (800, 3, 0.01, 3.75450517333e-5),
        (1e-4, 1e3, 1e3, 0.9999999999),
    ],
)
def test_which_comes_first_is_known_for_every_customer(m: float, s: float, ratio: float, printed: float) -> None:
    """Figures of mpmath with 40 digits, also where the hypergeometric function of scipy overflows."""
    leaves, buys = (np.exp(f(np.array([m]), s, np.array([ratio])).log[0]) for f in (leaving_first, buying_first))
    assert leaves == pytest.approx(printed, rel=1e-6)
    assert leaves + buys == pytest.approx(1, rel=1e-6)


def test_expected_purchases_agree_with_a_simulation_of_the_models_own_assumptions() -> None:
    model, rng, customers = ParetoNbd(r=0.8, alpha=6.0, s=0.9, beta=12.0), np.random.default_rng(7), 200_000
    active = rng.exponential(1 / rng.gamma(model.s, 1 / model.beta, customers))
    bought = rng.poisson(rng.gamma(model.r, 1 / model.alpha, customers) * np.minimum(active, 20.0))
    newcomers = Histories.of([0], [0], [0])
    assert expected_purchases(model, newcomers, horizon=20)[0] == pytest.approx(bought.mean(), rel=0.02)


def test_the_parameters_are_those_of_lifetimes_to_three_digits(cdnow: Cohort, model: ParetoNbd) -> None:
    lifetimes = pytest.importorskip("lifetimes", reason="lifetimes is installed for the benches only")
    theirs = lifetimes.ParetoNBDFitter().fit(cdnow.histories.frequency, cdnow.histories.recency, cdnow.histories.T)
    ours = (model.r, model.alpha, model.s, model.beta)
    assert ours == pytest.approx([theirs.params_[name] for name in ("r", "alpha", "s", "beta")], rel=1e-3)
