"""The embedded server is killed in the middle of writing: what it acknowledged is there after the next start."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanxi.foundation import server

from .conftest import processes_of

WRITERS = 2
Row = tuple[int, str]


def test_acknowledged_writes_survive_a_server_that_is_killed(home: Path) -> None:
    rounds(home, 3)


@pytest.mark.prove
def test_acknowledged_writes_survive_fifty_kills(home: Path, record_property: Any) -> None:
    acknowledged, in_doubt, slowest = rounds(home, 50)
    record_property("rounds of start, kill -9, restart", 50)
    record_property("acknowledged writes compared", acknowledged)
    record_property("acknowledged writes lost or changed", 0)
    record_property("unacknowledged writes found", in_doubt)
    record_property("slowest start after a kill, s", round(slowest, 2))


def rounds(home: Path, number: int) -> tuple[int, int, float]:
    """Start, write, kill, again and again; after each start every row is compared with what was acknowledged."""
    chance, acknowledged, in_doubt, slowest = random.Random(541909), dict[int, str](), 0, 0.0
    for turn in range(number):
        began = time.monotonic()
        address = server.start(home)
        slowest = max(slowest, time.monotonic() - began)
        found = stored(address)
        assert acknowledged.items() <= found.items()
        assert len(found) - len(acknowledged) <= WRITERS * 50
        in_doubt += len(found) - len(acknowledged)
        acknowledged = found
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write_until_killed, address, turn * WRITERS + writer) for writer in range(WRITERS)]
            time.sleep(chance.uniform(0.05, 0.5))
            kill(home, everything=turn % 2 == 1)
            for writer in writing:
                acknowledged |= dict(writer.result())
    server.start(home)
    assert acknowledged.items() <= stored(server.address(home, {})).items()
    assert len(acknowledged) > number
    return len(acknowledged), in_doubt, slowest


def stored(address: server.Address) -> dict[int, str]:
    with psycopg.connect(address.conninfo) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS written (id bigint PRIMARY KEY, content text NOT NULL)")
        return dict(connection.execute("SELECT id, content FROM written").fetchall())


def write_until_killed(address: server.Address, writer: int) -> list[Row]:
    """Insert and commit rows, a few in each transaction; only those whose commit was answered are returned."""
    acknowledged: list[Row] = []
    try:
        with psycopg.connect(address.conninfo) as connection:
            while True:
                first = writer * 1_000_000 + len(acknowledged)
                rows = [(number, sha256(str(number).encode()).hexdigest() * 20) for number in range(first, first + 50)]
                with connection.cursor() as cursor:
                    cursor.executemany("INSERT INTO written VALUES (%s, %s)", rows)
                connection.commit()
                acknowledged += rows
    except psycopg.OperationalError:
        return acknowledged


def kill(home: Path, *, everything: bool) -> None:
    """Kill the postmaster, whose children then notice; or all of them at once, as when the machine stops."""
    family = processes_of(home)
    postmaster = min(family, key=lambda process: process.create_time())
    for process in family if everything else [postmaster]:
        process.kill()
