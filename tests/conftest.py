"""What every test may ask for. The database server is started by the first test that needs one."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app
from pytest_django.fixtures import Settings

from guanxi.foundation import server
from guanxi.foundation.history import Store, store
from tests.world import ada, alice, ann, bob, carol, company, mallory, max_, sue  # noqa: F401 (fixtures)

HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


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


def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller made the throw-away folder; it removes it after the last worker has left."""
    folder = Path(os.environ["GUANXI_TEST_HOME"]).parent
    if not hasattr(config, "workerinput") and folder.name == f"guanxi-tests-{os.getpid()}":
        shutil.rmtree(folder, ignore_errors=True)
