"""The churn classifier where the truth is known: beside the silence and the MBG/NBD, which are hard to beat."""

from datetime import date, timedelta

import ibis.expr.types as ir
import pytest

from guanxi.analytical.lifecycle import ChurnAssessment, assess_churn, churn_snapshot
from guanxi.analytical.scoring import Signal
from tests.truths.conftest import HOLDOUT_DAYS, cdnow_lines

QUARTER = 91


def a_quarter_later(lines: ir.Table, as_of: date, *, count_free: bool) -> ChurnAssessment:
    latest, earlier = (
        churn_snapshot(lines, as_of - timedelta(days=d), horizon=QUARTER, count_free=count_free).to_pyarrow()
        for d in (0, QUARTER)
    )
    return assess_churn(latest, horizon=QUARTER, seed=1, earlier=earlier)


def test_who_buys_again_in_39_weeks_is_told_better_than_by_the_published_figures() -> None:
    lines = cdnow_lines("master")
    snapshot = churn_snapshot(lines, date(1998, 6, 30), horizon=HOLDOUT_DAYS, count_free=True).to_pyarrow()
    found = assess_churn(snapshot, horizon=HOLDOUT_DAYS, seed=1)
    assert found.expected_auc == pytest.approx(0.765, abs=0.0005)
    assert found.hiatus_auc == pytest.approx(0.759, abs=0.0005)
    assert found.evaluation.auc == pytest.approx(0.772, abs=0.001)
    assert (found.signal, found.beats_baselines) == (Signal.FOUND, True)


def test_a_model_of_one_quarter_tells_the_next_one_at_the_music_shop() -> None:
    found = a_quarter_later(cdnow_lines("master"), date(1998, 6, 30), count_free=True)
    assert found.evaluation.auc == pytest.approx(0.838, abs=0.001)
    assert (round(found.hiatus_auc, 3), round(found.expected_auc, 3)) == (0.828, 0.836)
    assert found.beats_baselines


def test_a_model_of_one_quarter_tells_the_next_one_at_the_wholesaler(wholesaler: ir.Table) -> None:
    found = a_quarter_later(wholesaler, date(2011, 12, 9), count_free=False)
    assert found.evaluation.auc == pytest.approx(0.740, abs=0.002)
    assert (round(found.hiatus_auc, 3), round(found.expected_auc, 3)) == (0.683, 0.729)
    assert found.beats_baselines
    assert found.evaluation.beats_base_rate
