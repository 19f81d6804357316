"""How much of its tables the database keeps in memory: by what the machine has, or its container may take."""

from pathlib import Path

import psutil
import psycopg
import pytest

from guanxi.foundation import server
from guanxi.foundation.server import cluster, process

GIGABYTE = 2**30


@pytest.mark.parametrize(("total", "kept"), [(1, "256MB"), (2, "256MB"), (4, "512MB"), (8, "1024MB"), (64, "1024MB")])
def test_an_eighth_of_the_memory_within_bounds(total: int, kept: str) -> None:
    assert cluster.shared_memory(total * GIGABYTE) == kept


@pytest.mark.parametrize(("limit", "is_less"), [(f"{GIGABYTE // 4}\n", True), ("max\n", False)])
def test_a_container_is_held_to_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, is_less: bool
) -> None:
    machine = psutil.virtual_memory().total
    (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(cluster, "CONTAINERS_LIMIT", tmp_path / "memory.max")
    assert cluster.memory() == (GIGABYTE // 4 if is_less else machine)


def test_the_server_is_started_with_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "memory", lambda: 3 * GIGABYTE)
    with server.use(home) as address, psycopg.connect(address.conninfo) as connection:
        assert connection.execute("SHOW shared_buffers").fetchone() == ("384MB",)
