"""Workers over the test's own database, killed like by `kill -9` or a power cut."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from guanxi.foundation.server.address import Address

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0  # seconds until unfinished work fails the test


def kill_at_random(kind: str, argument: object, *, rounds: int, longest: float, chance: random.Random) -> None:
    """Start a worker and kill it after a moment, again and again. `longest`: seconds it may live at work."""
    for _ in range(rounds):
        worker = _start(kind, argument)
        time.sleep(chance.uniform(0, longest))
        _end(worker)


def run_until(kind: str, argument: object, is_done: Callable[[], bool]) -> None:
    """Let an undisturbed worker finish."""
    worker = _start(kind, argument)
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_done():
            assert time.monotonic() < deadline, "the worker did not finish"
            time.sleep(0.05)
    finally:
        _end(worker)


def _start(kind: str, argument: object) -> "subprocess.Popen[str]":
    """The worker, from the moment on when it is at work."""
    told = connection.settings_dict
    database = Address(told["HOST"], str(told["PORT"]), told["USER"], told["PASSWORD"], told["NAME"])
    environment = {**os.environ, "GUANXI_TEST_DATABASE_URL": database.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.worker_process", kind, str(argument)]
    worker = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "at work\n"
    return worker


def _end(worker: "subprocess.Popen[str]") -> None:
    worker.kill()
    worker.communicate()
