"""A refresh killed by `kill -9` at every step, before it and after its work: resumed, not repeated, and right."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from guanxi.customer.models import Reading
from guanxi.foundation.history import Store
from guanxi.foundation.server.address import Address
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.steps import STEPS
from tests.insight.facts import bring_lines, customers, every, refreshed

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = Path(__file__).resolve().parents[2]
NAMES = [step.name for step in STEPS]


def kill_at(point: str, home: Path) -> None:
    told = connection.settings_dict
    database = Address(told["HOST"], str(told["PORT"]), told["USER"], told["PASSWORD"], told["NAME"])
    environment = {
        **os.environ,
        "GUANXI_TEST_DATABASE_URL": database.url,
        "GUANXI_TEST_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", "tests.insight.killed_refresh", point]
    ended = subprocess.run(command, cwd=PROJECT, env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def published() -> list[tuple[object, ...]]:
    return list(
        Reading.objects.order_by("party__name").values_list("party__name", "revenue", "purchase_days", "stage", "tags")
    )


@pytest.fixture
def expected(company: object, history: Store) -> list[tuple[object, ...]]:
    """The readings of an undisturbed refresh, which is then forgotten."""
    customers(["acme", "bolt"])
    bring_lines(history, *every(30, times=8), *every(14, times=20, customer="bolt", start=5), ("bolt", 3, -20))
    refreshed()
    found = published()
    Refresh.objects.all().delete()
    Reading.objects.all().delete()
    return found


@pytest.mark.parametrize("name", ["statistics", "publication"])
def test_a_refresh_killed_before_a_step_is_resumed_there(name: str, expected: object, tmp_path: Path) -> None:
    kill_at(name, tmp_path)
    before = dict(Refresh.objects.get().steps.values_list("name", "pk"))

    run = refreshed()

    assert list(before) == NAMES[: NAMES.index(name)]
    assert before.items() <= dict(run.steps.values_list("name", "pk")).items()
    assert published() == expected


@pytest.mark.prove
@pytest.mark.parametrize("point", [f"{name}{when}" for name in NAMES for when in ("", "!")])
def test_a_refresh_killed_at_any_point_publishes_the_same(point: str, expected: object, tmp_path: Path) -> None:
    kill_at(point, tmp_path)

    refreshed()

    assert published() == expected
    assert Refresh.objects.exclude(published_at=None).exists()
