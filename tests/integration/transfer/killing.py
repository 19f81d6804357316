"""Imports are worked off in a process of its own, so that it can be killed like by `kill -9` or a power cut."""

import multiprocessing
import os
import signal
from typing import Any

import django
from django.db import connection

django.setup()

from guanxi.integration.transfer import points  # noqa: E402
from guanxi.integration.transfer.parties import ahead  # noqa: E402
from guanxi.integration.transfer.undo.work import carry_on_undo  # noqa: E402
from guanxi.integration.transfer.work import carry_on  # noqa: E402
from tests.world import NOW  # noqa: E402

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.integration.transfer.killing"])
PATIENCE = 60.0  # seconds until a child that should be dead fails the test


def work(import_id: int, point: str, database: dict[str, Any], is_undo: bool, reader: tuple[int, float]) -> None:
    """What the child does: it knows the settings, but not which database the test runs on."""
    os.environ[points.VARIABLE] = point
    connection.settings_dict.update(database)
    ahead.WORTH_IT, ahead.WAIT = reader
    if is_undo:
        carry_on_undo(import_id=import_id, clock=lambda: NOW, at_once=2)
    else:
        carry_on(import_id=import_id, clock=lambda: NOW)


def run_undo_to_its_death(import_id: int, point: str) -> None:
    """Undo an import in a child that must die at the point."""
    run_to_its_death(import_id, point, is_undo=True)


def run_to_its_death(import_id: int, point: str, *, is_undo: bool = False) -> None:
    """Work an import off in a child that must die at the point; it reads ahead as we do."""
    named = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    child = CONTEXT.Process(target=work, args=(import_id, point, named, is_undo, (ahead.WORTH_IT, ahead.WAIT)))
    child.start()
    child.join(PATIENCE)
    assert child.exitcode == -signal.SIGKILL, f"the import ended with {child.exitcode} and did not pass {point}"
