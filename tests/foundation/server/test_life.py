"""The company's own server: made, started, used, stopped, and left private."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg
import pytest

from guanxi.foundation import server
from guanxi.foundation.errors import UserError
from guanxi.foundation.server import binaries
from guanxi.foundation.server.place import LONGEST_SOCKET_PATH, SOCKET_NAME, place_of

from .conftest import is_account_of_server, processes_of

Answer = TypeVar("Answer")


def test_the_first_user_starts_it_and_the_last_one_out_stops_it(home: Path) -> None:
    with server.use(home) as outer:
        with server.use(home) as inner:
            assert inner == outer
        assert server.is_running(home)
    assert not server.is_running(home)
    assert not processes_of(home)


def test_what_was_stored_is_there_after_a_restart(home: Path) -> None:
    with server.use(home) as address, psycopg.connect(address.conninfo) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('关系')")
    with server.use(home) as address, psycopg.connect(address.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("关系",)]


def test_it_counts_in_utc_sorts_by_code_point_and_speaks_utf8(home: Path) -> None:
    with server.use(home) as address, psycopg.connect(address.conninfo) as connection:
        row = connection.execute(
            "SELECT current_setting('TimeZone'), datcollate, pg_encoding_to_char(encoding), current_user::text, rolsuper"
            " FROM pg_database JOIN pg_roles ON rolname = current_user WHERE datname = current_database()"
        ).fetchone()
    assert row == ("UTC", "C.UTF-8", "UTF8", "guanxi", False)


def told(home: Path, question: Callable[[psutil.Process], Answer]) -> list[Answer]:
    """What the server's processes answer; those that have just ended, as a vacuum does, are left out."""
    answers = []
    for process in processes_of(home):
        with suppress(psutil.NoSuchProcess):
            answers.append(question(process))
    return answers


def test_nobody_else_can_reach_it(home: Path) -> None:
    with server.use(home) as address:
        assert {stat.S_IMODE(p.stat().st_mode) for p in (place_of(home).cluster, place_of(home).sockets)} == {0o700}
        assert [each for each in told(home, lambda process: process.net_connections(kind="inet")) if each] == []
        with pytest.raises(psycopg.OperationalError, match=r"Peer authentication failed|no pg_hba.conf entry"):
            psycopg.connect(address.conninfo, user="somebody")


def test_it_never_runs_as_root(home: Path) -> None:
    with server.use(home):
        assert processes_of(home)
        assert all(told(home, is_account_of_server))
        assert all(told(home, lambda process: process.uids().effective != 0))


def test_a_company_below_a_folder_closed_to_the_servers_account_gets_its_cluster_elsewhere(closed_home: Path) -> None:
    with server.use(closed_home) as address, psycopg.connect(address.conninfo) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert stat.S_IMODE(closed_home.parent.stat().st_mode) == 0o700
    assert (closed_home / "postgres").is_symlink()
    with server.use(closed_home):
        assert server.is_running(closed_home)


def test_a_long_path_gets_its_socket_elsewhere(open_folder: Path) -> None:
    home = open_folder / ("x" * 60) / ("y" * 60)
    place = place_of(home)
    assert len(os.fsencode(place.sockets / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    with server.use(home) as address, psycopg.connect(address.conninfo) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    place.sockets.rmdir()


def test_a_stranger_with_the_old_process_number_does_not_keep_it_from_starting(home: Path) -> None:
    with server.use(home):
        pass
    data = place_of(home).data
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        (data / "postmaster.pid").write_text(
            f"{stranger.pid}\n{data}\n0\n5432\n{place_of(home).sockets}\n\n0 0\nready\n"
        )
        with server.use(home):
            assert server.is_running(home)
    finally:
        stranger.communicate(b"\n")


def test_database_url_names_another_server_and_nothing_is_started(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:s%3Acret@db.example:6543/shop?sslmode=require")
    with server.use(home) as address:
        assert (address.host, address.port, address.user, address.password) == ("db.example", "6543", "ann", "s:cret")
        assert address.options == (("sslmode", "require"),)
    assert not home.exists()


def test_an_unreadable_database_url_is_told_in_a_sentence(home: Path) -> None:
    with pytest.raises(UserError, match="DATABASE_URL cannot be read"):
        server.address(home, {"DATABASE_URL": "not an address"})


def test_an_address_survives_its_own_url() -> None:
    url = "postgresql://ann:p%40ss%2Fword@/my%20shop?host=%2Frun%2Fpg&port=5433&connect_timeout=3"
    address = server.address(Path("unused"), {"DATABASE_URL": url})
    assert server.address(Path("unused"), {"DATABASE_URL": address.url}) == address
    assert server.address(Path("unused"), {"DATABASE_URL": address.conninfo}) == address


def test_data_of_a_version_that_is_not_installed_are_left_alone(home: Path) -> None:
    with server.use(home):
        pass
    version = place_of(home).data / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9\n")
    with pytest.raises(UserError, match="version 9, which wrote these data"):
        server.start(home)
    version.write_text(kept)


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    with pytest.raises(UserError, match=r"did not start: .*max_connections"):
        server.start(home, {"max_connections": "none"})


def test_without_any_postgresql_a_sentence_tells_what_to_install(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "candidates", list)
    with pytest.raises(UserError, match="Install it, or set DATABASE_URL"):
        server.start(home)
