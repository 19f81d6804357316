"""Who will not buy again, and whom to wake."""

from datetime import date, datetime, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pytest

from guanxi.analytical import AnalysisError
from guanxi.analytical.lifecycle import assess_churn, churn_chances, churn_features, churn_snapshot, wake_ups
from guanxi.analytical.scoring import Signal
from guanxi.analytical.value import GammaGamma, Histories, MbgNbd, purchase_statistics

START = datetime.fromisoformat("2023-01-01")
END = date(2024, 12, 31)


def lines(customers: int = 1500, seed: int = 1) -> ir.Table:
    """Everybody buys every 30 days or so, until half of them leave at a day of their own."""
    rng = np.random.default_rng(seed)
    rows = []
    for party in range(customers):
        days = np.cumsum(rng.gamma(2, 15, 60))
        gone = rng.uniform(0, 1500)
        bought = days[(days < gone) & (days < 730)]
        rows += [(party, START + timedelta(days=float(day)), 10.0, f"{party}-{day}") for day in bought]
    columns = {"party": "int64", "at": "timestamp", "amount": "float64", "order_id": "string"}
    return ibis.memtable(rows, schema=columns)


def table(expression: ir.Table) -> pa.Table:
    return ibis.duckdb.connect().to_pyarrow(expression)


def test_nothing_that_comes_after_the_day_is_in_the_features() -> None:
    known = date(2024, 10, 2)
    before = table(churn_features(purchase_statistics(lines(), known)).order_by("party"))
    snapshot = table(churn_snapshot(lines(), END, horizon=90).order_by("party"))
    assert snapshot.drop_columns(["churned"]).equals(before)
    assert 0.1 < snapshot["churned"].to_numpy().mean() < 0.9


def test_whoever_left_is_told_from_who_stays_also_at_a_later_time() -> None:
    latest, earlier = (table(churn_snapshot(lines(), END - timedelta(days=d), horizon=90)) for d in (0, 90))
    found = assess_churn(latest, horizon=90, seed=1, earlier=earlier)
    assert (found.signal, found.is_later) == (Signal.FOUND, True)
    assert found.evaluation.auc > 0.9
    assert found.model is not None
    chances = churn_chances(found.model, table(churn_features(purchase_statistics(lines(), END))))
    assert ((chances >= 0) & (chances <= 1)).all()


def test_where_leaving_is_chance_no_model_is_given() -> None:
    snapshot = table(churn_snapshot(lines(), END, horizon=90))
    shuffled = np.random.default_rng(2).permutation(snapshot["churned"].to_numpy())
    at = snapshot.column_names.index("churned")
    found = assess_churn(snapshot.set_column(at, "churned", pa.array(shuffled)), horizon=90, seed=1)
    assert (found.signal, found.model) == (Signal.NONE, None)


def test_the_lapsed_with_most_at_stake_come_first() -> None:
    model, spend = MbgNbd(0.5, 6.0, 0.9, 1.6), GammaGamma(6.25, 3.74, 15.44)
    histories = Histories.of([10, 10, 1, 10], [50, 50, 1, 99], [100, 100, 100, 100], [20, 200, 20, 20])
    found = wake_ups(model, spend, histories, horizon=52, margin=0.4, cost=2.0)
    assert found.customers.tolist() == [1, 0, 2]  # the fourth bought yesterday and sleeps not
    assert (np.diff(found.at_stake) <= 0).all()
    assert (found.if_active >= found.as_is).all()
    assert found.break_even == pytest.approx(2.0 / found.at_stake)


def test_nobody_asleep_is_an_empty_list() -> None:
    histories = Histories.of([10], [99], [100], [20])
    found = wake_ups(MbgNbd(0.5, 6.0, 0.9, 1.6), GammaGamma(6.25, 3.74, 15.44), histories, horizon=52)
    assert len(found.customers) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: churn_snapshot(lines(1), END, horizon=0),
        lambda: assess_churn(pa.table({"party": [1], "churned": [1.0]}), horizon=90, seed=1),
        lambda: assess_churn(table(churn_snapshot(lines(10), END, horizon=90)), horizon=90, seed=1),
        lambda: wake_ups(MbgNbd(1, 1, 1, 1), GammaGamma(6, 4, 15), Histories.of([1], [1], [2]), horizon=0),
        lambda: wake_ups(MbgNbd(1, 1, 1, 1), GammaGamma(6, 4, 15), Histories.of([1], [1], [2]), horizon=9, cost=-1),
    ],
)
def test_figures_that_make_no_sense_are_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AnalysisError):
        wrong()
