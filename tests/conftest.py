"""What every test may ask for. The database server is started by the first test that needs one."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import connection
from django.utils import translation
from procrastinate.contrib.django import app
from pytest_django.fixtures import Settings

from guanxi.foundation import server
from guanxi.foundation.history import Store, store
from tests.world import ada, alice, ann, bob, carol, company, mallory, max_, sue  # noqa: F401 (fixtures)

HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A request leaves its reader's language to the thread: no test begins with that of the test before."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def database_server() -> Iterator[server.Address]:
    """One server for all workers of the run; with DATABASE_URL or GUANXI_TEST_DATABASE_URL the one named there."""
    with server.use(Path(os.environ["GUANXI_HOME"]), HASTY) as address:
        yield address


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: server.Address, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Before pytest-django makes the test database of this worker, the server runs."""


@pytest.fixture
def history(db: None, tmp_path: Path, settings: Settings) -> Iterator[Store]:
    """The company's history, empty, in a folder of its own. It commits on connections of its own."""
    settings.GUANXI_HOME = tmp_path
    yield store()
    with psycopg.connect(store().dsn) as connection:
        for table in ("history_commit", "iceberg_tables", "iceberg_namespace_properties"):
            connection.execute(f"DELETE FROM {table}")


@pytest.fixture
def run_pending_jobs(db: None) -> Callable[[], int]:
    """Run every waiting job here, in the test's own transaction; answers how many there were."""

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # committed by tests with transactions of their own

    def run() -> int:
        count = 0
        with connection.cursor() as cursor:
            while True:
                cursor.execute(
                    "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id LIMIT 1"
                )
                if (row := cursor.fetchone()) is None:
                    return count
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [row[0]])
                arguments = row[2] if isinstance(row[2], dict) else json.loads(row[2])
                app.tasks[row[1]](**arguments)
                count += 1

    return run


def pytest_configure(config: pytest.Config) -> None:
    """Stop the servers of earlier runs that were killed, and remove their folders, which are named by their process."""
    if hasattr(config, "workerinput"):
        return
    for folder in Path(tempfile.gettempdir()).glob("guanxi-tests-*"):
        number = folder.name.rpartition("-")[2]
        if not number.isdecimal() or psutil.pid_exists(int(number)):
            continue
        with suppress(FileNotFoundError):  # another run has just removed its own
            if folder.stat().st_uid == os.geteuid():
                server.stop(folder / "home")
                shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller made the throw-away folder; it removes it after the last worker has left."""
    folder = Path(os.environ["GUANXI_TEST_HOME"]).parent
    if not hasattr(config, "workerinput") and folder.name == f"guanxi-tests-{os.getpid()}":
        shutil.rmtree(folder, ignore_errors=True)
