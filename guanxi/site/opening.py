"""Opening the company for a command: the database answers and its tables are those of this version."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guanxi.foundation import server
from guanxi.foundation.errors import UserError


@contextmanager
def database() -> Iterator[server.Address]:
    """Have the database at hand; our own server is started if need be, and stopped by whoever leaves last.

    Raises:
        UserError: the database does not answer.
    """
    with server.use(settings.GUANXI_HOME) as address:
        try:
            psycopg.connect(address.conninfo, connect_timeout=5).close()
        except psycopg.OperationalError as problem:
            raise UserError(f"The database {_shown(address)} does not answer: {problem}".strip()) from problem
        try:
            yield address
        finally:
            disconnect()


@contextmanager
def company() -> Iterator[server.Address]:
    """Have the company's tables at hand.

    Raises:
        UserError: the database does not answer, or its tables are not those of this version.
    """
    with database() as address:
        waiting = unapplied_migrations()
        if waiting:
            raise UserError(
                f"The database lacks {len(waiting)} change(s) of this version of Guanxi. Nothing was touched. "
                "Run `guanxi migrate` (or `guanxi run`, which does it) and try again."
            )
        disconnect()
        yield address


def disconnect() -> None:
    """Give up this process's connections: before the server stops, and before a fork, which cannot share them."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def unapplied_migrations() -> list[str]:
    """Names of the migrations that the database still lacks."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _shown(address: server.Address) -> str:
    if "DATABASE_URL" not in os.environ:
        return f"in {settings.GUANXI_HOME}"
    return f"“{address.dbname}” at {address.host or 'this machine'}{':' if address.port else ''}{address.port}"
