"""How relationships go: entries are written when something changes, and what follows is told from what was seen."""

from datetime import timedelta

import pytest

from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.insight.models import RefreshStep, StageEntry, StrengthEntry
from guanxi.insight.queries.course import FEWEST, expected_stages, stage_entries
from tests.insight.facts import TODAY, bring_lines, customers, every, refreshed
from tests.world import logged_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_refresh_writes_a_stage_once_and_the_next_one_only_a_change(history: Store) -> None:
    acme = customers(["acme"])["acme"]
    bring_lines(history, *every(30, times=6, start=5))
    refreshed()
    refreshed()
    (entry,) = stage_entries(acme.pk)
    assert (entry.stage, entry.until) == ("stability", None)
    refreshed(at=TODAY + timedelta(days=400))
    lost, steady = stage_entries(acme.pk)
    assert (lost.stage, steady.stage) == ("lost", "stability")
    assert steady.until == lost.since
    assert lost.until is None


def test_strength_is_noted_when_it_moves(history: Store) -> None:
    customers(["acme", "beta"])
    bring_lines(history, *every(30, times=6, start=5), *every(30, times=2, start=40, customer="beta"))
    refreshed()
    assert StrengthEntry.objects.count() == 2
    refreshed(at=TODAY + timedelta(days=1))
    before = StrengthEntry.objects.count()
    refreshed(at=TODAY + timedelta(days=300))
    assert StrengthEntry.objects.count() > before


def test_the_course_is_counted_from_what_was_known_a_quarter_ago(history: Store) -> None:
    customers(["acme", "beta"])
    bring_lines(history, *every(30, times=12, start=1), ("beta", 100, 10.0), ("beta", 3, 10.0))
    run = refreshed()
    moves = run.steps.get(name="course").facts["moves"]
    assert moves == {"stability": {"stability": 1}, "exploration": {"formation": 1}}


def test_of_too_few_nothing_is_said(history: Store) -> None:
    customers(["acme"])
    bring_lines(history, *every(30, times=12, start=1))
    step = RefreshStep.objects.get(refresh=refreshed(), name="course")
    step.facts["moves"] = {"stability": {"stability": FEWEST - 1}}
    step.save()
    assert expected_stages("stability") == []
    step.facts["moves"] = {"stability": {"stability": 24, "decline": 12}}
    step.save()
    first, second = expected_stages("stability")
    assert (first.stage, first.sample, second.stage) == ("stability", 36, "decline")
    assert first.low < first.share < first.high


def test_the_page_shows_stages_strength_and_its_parts(history: Store, sue: User, mallory: User) -> None:
    acme = customers(["acme"])["acme"]
    bring_lines(history, *every(30, times=6, start=5))
    refreshed()
    page = logged_in(sue).get(f"/insight/customers/{acme.pk}/course/").content.decode()
    assert "Stability" in page
    assert "Purchase days, last 365 days" in page
    assert "no survey and no complaint" in page
    assert StageEntry.objects.exists()
    assert logged_in(mallory).get(f"/insight/customers/{acme.pk}/course/").status_code == 404
