"""pg_dump and pg_restore: the wheel's, else the system's; a dump is read by the same or any newer version."""

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import psycopg

from guanxi.foundation.errors import UserError
from guanxi.foundation.server.address import Address
from guanxi.foundation.server.binaries import candidates, major_version


def dump(database: Address, target: Path) -> None:
    """Write the database to `target` in pg_dump's own compressed form.

    Raises:
        UserError: no pg_dump that is new enough, or it failed.
    """
    _run("pg_dump", database, "--format", "custom", "--no-owner", "--no-privileges", "--file", str(target))


def load(database: Address, origin: Path) -> None:
    """Fill the empty database from a dump, whole or not at all.

    Raises:
        UserError: no pg_restore that is new enough, or it failed.
    """
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", database, *options, str(origin))


def is_empty(database: Address) -> bool:
    """Whether the database has no tables of ours."""
    with psycopg.connect(database.conninfo) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return row == (0,)


def server_version(database: Address) -> int:
    """The major version of the server."""
    with psycopg.connect(database.conninfo) as connection:
        return connection.info.server_version // 10_000


def _run(tool: str, database: Address, *arguments: str) -> None:
    program = _tool(tool, server_version(database))
    # The password goes through the environment: arguments can be read by everybody on the machine.
    target = ["--dbname", replace(database, password="").conninfo]
    environment = {**os.environ, "PGPASSWORD": database.password}
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [program, *target, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=environment,
            check=False,
        )
        said.seek(0)
        if done.returncode:
            raise UserError(f"{tool} failed: {said.read().strip()}")


def _tool(name: str, major: int) -> Path:
    for folder in candidates():
        if (folder / name).exists() and major_version(folder) >= major:
            return folder / name
    raise UserError(
        f"No {name} of version {major} or newer was found. Nothing was changed. "
        "Install PostgreSQL's client programs of that version, or name their folder in GUANXI_POSTGRES."
    )
