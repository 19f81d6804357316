"""The refresh in the background."""

import logging
from datetime import datetime

import pytest

from guanxi.foundation.errors import UserError
from guanxi.insight import jobs
from guanxi.insight.models import Programme, Refresh, RefreshStep
from guanxi.insight.programmes import open_programme
from guanxi.insight.refresh import RefreshRunning
from tests.insight.facts import TODAY

pytestmark = pytest.mark.django_db


def refusing(problem: Exception) -> object:
    def refresh(**facts: object) -> None:
        raise problem

    return refresh


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the programmes that were measured; the one called Broken cannot be."""
    names: list[str] = []

    def measure(*, programme: Programme, at: datetime) -> None:
        if programme.name == "Broken":
            raise ZeroDivisionError
        names.append(programme.name)

    monkeypatch.setattr(jobs, "measure", measure)
    for name in ("Autumn", "Broken", "Winter"):
        open_programme(name=name, control_share=0.5, by=None, at=TODAY)
    return names


def test_a_programme_that_cannot_be_measured_does_not_stop_the_others_nor_the_refresh(
    measured: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refreshed: list[object] = []
    monkeypatch.setattr(jobs, "refresh", lambda **facts: refreshed.append(facts))

    with caplog.at_level(logging.ERROR):
        jobs.refresh_readings()

    assert sorted(measured) == ["Autumn", "Winter"]
    assert len(refreshed) == 1
    assert "ZeroDivisionError" in caplog.text


def test_while_another_refresh_runs_the_programmes_are_measured_all_the_same(
    measured: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "refresh", refusing(RefreshRunning("running")))
    jobs.refresh_readings()
    assert measured


def test_any_other_refusal_fails_the_job(measured: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "refresh", refusing(UserError("no history")))
    with pytest.raises(UserError, match="no history"):
        jobs.refresh_readings()


def test_after_the_first_refresh_offers_are_made_and_then_only_once_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(jobs.renew_offers, "later", lambda: asked.append("offers"))
    run = Refresh.objects.create(as_of=TODAY, started_at=TODAY, published_at=TODAY)
    monkeypatch.setattr(jobs, "refresh", lambda **facts: run)

    jobs.refresh_readings()
    assert asked == ["offers"]

    RefreshStep.objects.create(refresh=run, name="offers", finished_at=TODAY, seconds=1.0)
    jobs.refresh_readings()
    assert asked == ["offers"]
