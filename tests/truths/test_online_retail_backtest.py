"""The wholesaler (Chen, Sain & Guo 2012): no customer is seen to drop out, so the plainest forecast is the best one."""

from datetime import date

import ibis.expr.types as ir
import numpy as np
import pytest

from guanxi.analytical.value import (
    Backtest,
    Finding,
    Forecast,
    Histories,
    backtest,
    calibration_and_holdout,
    forecast,
    purchase_statistics,
)

DAYS = 100


def judged_on(lines: ir.Table, as_of: date) -> Backtest:
    table = calibration_and_holdout(lines, as_of, days=DAYS).to_pyarrow()
    days, sales = table["future_days"].to_numpy(), table["future_sales"].to_numpy()
    return backtest(Histories.from_table(table), days, sales, horizon=DAYS)


@pytest.fixture(scope="module")
def autumn(wholesaler: ir.Table) -> Backtest:
    return judged_on(wholesaler, date(2011, 8, 31))


@pytest.fixture(scope="module")
def outlook(wholesaler: ir.Table, autumn: Backtest) -> Forecast:
    histories = Histories.from_table(purchase_statistics(wholesaler, date(2011, 12, 9)).to_pyarrow())
    return forecast(histories, [autumn, judged_on(wholesaler, date(2011, 5, 23))])


def test_the_holdout_has_4806_purchase_days_of_3317_customers(autumn: Backtest) -> None:
    assert (autumn.customers, autumn.actual_purchases.sum()) == (3317, 4806)


def test_the_same_rate_forecast_wins_with_both_errors_as_measured_elsewhere(autumn: Backtest) -> None:
    errors = {score.method: round(score.mae, 3) for score in autumn.purchases}
    assert errors == {"same_rate": 0.967, "bg_nbd": 0.997, "mbg_nbd": 0.997, "pareto_nbd": 0.997}
    assert autumn.baseline_wins


def test_the_models_report_that_they_found_no_dropout(autumn: Backtest) -> None:
    for method in ("bg_nbd", "mbg_nbd"):
        report = autumn.models[method].report
        assert report is not None
        assert Finding.NO_DROPOUT in report.findings
        assert "b" in report.runaway
    assert autumn.purchases[1].total == pytest.approx(3633, abs=0.5)


def test_the_forecast_uses_the_winner_and_says_that_it_is_the_baseline(outlook: Forecast) -> None:
    assert outlook.is_baseline
    assert outlook.value.method == "same_rate*personal_mean"


def test_intervals_held_what_they_promise_in_periods_they_had_not_seen(outlook: Forecast) -> None:
    """Bounds of purchase days are whole numbers and so hold more; sales are cut to measure."""
    assert 0.80 <= outlook.purchases.coverage <= 0.92
    assert outlook.value.coverage == pytest.approx(0.80, abs=0.05)


def test_every_interval_is_finite_and_holds_its_forecast(outlook: Forecast) -> None:
    for figure in (outlook.purchases, outlook.value):
        assert np.isfinite(figure.high).all()
        assert ((figure.low >= 0) & (figure.low <= figure.expected) & (figure.expected <= figure.high)).all()
        assert figure.total.low < figure.total.expected < figure.total.high
