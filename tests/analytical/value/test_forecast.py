"""The winner of the back-test forecasts, and its intervals hold what the back-test measured."""

from dataclasses import replace

import numpy as np
import pytest

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.value import (
    Backtest,
    Histories,
    area_under_curve,
    backtest,
    forecast,
    hiatus,
    same_rate,
    top_share,
)


class Shop:
    """Invented customers who buy at personal, constant rates for ever, and spend personal amounts."""

    def __init__(self, seed: int, customers: int = 4000) -> None:
        self.rng = np.random.default_rng(seed)
        self.customers = customers
        self.rate = self.rng.gamma(0.8, 1 / 60, customers)
        self.worth = self.rng.lognormal(3, 0.8, customers)

    def histories(self, days: int) -> Histories:
        x = self.rng.poisson(self.rate * days)
        last = np.where(x > 0, np.floor(days * self.rng.random(self.customers) ** (1 / np.maximum(x, 1))), 0)
        return Histories.of(x, last, np.full(self.customers, days), self.worth)

    def future(self, days: int) -> tuple[np.ndarray, np.ndarray]:
        bought = self.rng.poisson(self.rate * days)
        return bought, bought * self.worth * self.rng.lognormal(0, 0.3, self.customers)


def judged(shop: Shop, days: int = 90) -> Backtest:
    return backtest(shop.histories(300), *shop.future(days), horizon=days)


def test_every_method_is_judged_on_the_same_customers_the_baseline_first() -> None:
    result = judged(Shop(1))
    assert [score.method for score in result.purchases] == ["same_rate", "bg_nbd", "mbg_nbd", "pareto_nbd"]
    assert [score.is_baseline for score in result.purchases] == [True, False, False, False]
    assert result.value[0].method == "same_rate*personal_mean"
    assert all(np.isfinite(score.mae) for score in result.purchases + result.value)


def test_the_same_length_is_forecast_by_the_method_nearest_over_all_back_tests() -> None:
    shop = Shop(2)
    first, second = judged(shop), judged(shop)
    scores = {s.method: s.mae + t.mae for s, t in zip(first.purchases, second.purchases, strict=True)}
    outlook = forecast(shop.histories(390), [first, second])
    assert outlook.horizon == 90
    assert outlook.purchases.method == min(scores, key=lambda method: scores[method])


def test_intervals_hold_four_of_five_customers_in_a_period_still_to_come() -> None:
    shop = Shop(3)
    outlook = forecast(shop.histories(390), [judged(shop)])
    bought, spent = shop.future(90)
    for figure, actual in ((outlook.purchases, bought), (outlook.value, spent)):
        held = ((figure.low <= actual) & (actual <= figure.high)).mean()
        assert held >= 0.78
        assert figure.coverage == pytest.approx(held, abs=0.04)


@pytest.mark.prove
def test_the_interval_of_the_total_holds_four_times_of_five_when_good_and_bad_seasons_come_by_chance() -> None:
    rng, held = np.random.default_rng(4), []
    for seed in range(80):
        shop = Shop(seed, 500)
        usual = shop.rate
        periods = []
        for _ in range(3):
            shop.rate = usual * rng.lognormal(0, 0.2)
            days, sales = shop.future(90)
            shop.rate = usual
            periods.append(backtest(shop.histories(300), days, sales, horizon=90))
        total = forecast(shop.histories(300), periods).purchases.total
        shop.rate = usual * rng.lognormal(0, 0.2)
        held.append(total.low <= shop.future(90)[0].sum() <= total.high)
    assert 0.7 <= np.mean(held) <= 0.9


def test_one_back_test_says_less_about_the_total_than_three() -> None:
    shop = Shop(5)
    tests = [judged(shop) for _ in range(3)]
    histories = shop.histories(390)
    one, three = (forecast(histories, tests[:n]).purchases.total for n in (1, 3))
    assert one.high - one.low > three.high - three.low


@pytest.mark.parametrize("customers", [1, 2, 60])
def test_a_handful_of_customers_gets_finite_intervals(customers: int) -> None:
    shop = Shop(6, customers)
    outlook = forecast(shop.histories(300), [judged(shop)])
    for figure in (outlook.purchases, outlook.value):
        assert np.isfinite([figure.total.low, figure.total.expected, figure.total.high, figure.coverage]).all()
        assert np.isfinite(figure.low + figure.high).all()


def test_a_shop_where_nobody_came_back_is_forecast_to_stay_empty() -> None:
    once = Histories.of(np.zeros(80), np.zeros(80), np.full(80, 100.0), 10.0)
    result = backtest(once, np.zeros(80), np.zeros(80), horizon=30)
    assert np.isnan(result.best_purchases.total_error)
    assert forecast(once, [result]).purchases.total.expected == pytest.approx(0, abs=1.0)


def test_nobody_and_no_back_test_are_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="no customer"):
        backtest(Histories.of([], [], []), [], [], horizon=30)
    with pytest.raises(NotEnoughDataError, match="back-test"):
        forecast(Shop(7).histories(30), [])


def test_back_tests_of_different_length_are_refused() -> None:
    result = judged(Shop(8, 100))
    with pytest.raises(AnalysisError, match="different length"):
        forecast(Shop(8, 100).histories(300), [result, replace(result, horizon=30)])


def test_customers_of_today_have_no_rate_yet_and_the_hiatus_is_the_time_of_silence() -> None:
    customers = Histories.of([0, 4], [0, 30], [0, 40])
    assert same_rate(customers, horizon=20).tolist() == [0, 2]
    assert hiatus(customers).tolist() == [0, 10]


def test_ranking_is_judged_by_hand_counted_pairs() -> None:
    forecasts, happened = np.array([3.0, 1.0, 2.0, 2.0]), np.array([1, 0, 1, 0])
    assert area_under_curve(forecasts, happened) == pytest.approx(3.5 / 4)
    assert top_share(forecasts, np.array([6.0, 1.0, 2.0, 1.0]), share=0.25) == pytest.approx(0.6)
    with pytest.raises(NotEnoughDataError, match="same for everybody"):
        area_under_curve(forecasts, np.ones(4))


def test_a_method_that_finds_too_little_is_named_with_the_reason_and_the_baseline_goes_on() -> None:
    today = Histories.of(np.zeros(9), np.zeros(9), np.zeros(9), 0.0)
    result = backtest(today, np.ones(9), np.ones(9), horizon=30)
    assert set(result.unfitted) == {"bg_nbd", "mbg_nbd", "pareto_nbd", "gamma_gamma"}
    assert "nothing was observed" in result.unfitted["bg_nbd"]
    assert result.baseline_wins
