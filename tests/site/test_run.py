"""`guanxi run` from start to stop, as a process that people start and stop."""

import http.client
import socket
from pathlib import Path

import psutil

from guanxi.foundation import server
from tests.foundation.server.conftest import processes_of
from tests.site.running import free_port, guanxi, health, running, started, wait_for_health, wait_until_gone


def test_a_company_is_open_after_a_start_and_nothing_runs_after_a_stop(home: Path, open_folder: Path) -> None:
    port, log = free_port(), open_folder / "log"
    with running(home, port, log) as process:
        wait_for_health(port, process, log)
        family = [*process.children(recursive=True), *processes_of(home)]
        assert len(family) > 4
        assert page(port, "/accounts/login/") == http.client.OK
    assert process.returncode == 0
    assert wait_until_gone(family) == []
    assert f"http://127.0.0.1:{port}/" in log.read_text()
    assert "Traceback" not in log.read_text()


def test_a_dead_process_is_started_again(home: Path, open_folder: Path) -> None:
    port, log = free_port(), open_folder / "log"
    with running(home, port, log) as process:
        wait_for_health(port, process, log)
        listener = next(p for p in process.children(recursive=True) if listens(p, port))
        for victim in (listener.parent(), listener):
            if victim is not None and victim.pid != process.pid:
                victim.kill()
        wait_until_gone([listener])
        wait_for_health(port, process, log)


def test_killing_the_parent_leaves_nothing_running(home: Path, open_folder: Path) -> None:
    port, log = free_port(), open_folder / "log"
    with running(home, port, log) as process:
        wait_for_health(port, process, log)
        family = [*process.children(recursive=True), *processes_of(home)]
        process.kill()
        process.wait()
        assert wait_until_gone(family) == []
    assert not server.is_running(home)


def test_the_worker_is_missed_while_it_does_not_run(home: Path, open_folder: Path) -> None:
    guanxi(home, "migrate")
    port = free_port()
    with server.use(home), started(home, open_folder / "log", "web", "--port", str(port)) as web:
        while health(port)[0] == 0:
            assert web.poll() is None
        assert health(port) == (http.client.SERVICE_UNAVAILABLE, ["company", "worker"])


def test_a_port_in_use_is_told_in_a_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = guanxi(home, "run", "--empty", "--port", str(port))
    assert answer.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {port}" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (home / "postgres").exists()


def page(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def listens(process: psutil.Process, port: int) -> bool:
    try:
        connections = process.net_connections(kind="tcp")
    except psutil.NoSuchProcess:  # the one that told the log-ins has ended
        return False
    return any(each.laddr.port == port and each.status == psutil.CONN_LISTEN for each in connections)
