"""`guanxi run` as its user starts it: another process, a data folder of its own, a free port."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

PATIENCE = 120.0  # seconds


def guanxi(home: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "guanxi.site.command_line", *arguments],
        capture_output=True,
        text=True,
        env=surroundings(home, **environment),
        timeout=PATIENCE,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def running(home: Path, port: int, log: Path, *arguments: str) -> Iterator[psutil.Popen]:
    """`guanxi run --empty` that is stopped with Ctrl-C, and waited for."""
    with started(home, log, "run", "--empty", "--port", str(port), *arguments) as process:
        yield process


@contextmanager
def started(home: Path, log: Path, *arguments: str) -> Iterator[psutil.Popen]:
    """A command that runs until Ctrl-C."""
    command = [sys.executable, "-m", "guanxi.site.command_line", *arguments]
    with log.open("wb") as said:
        process = psutil.Popen(
            command, env=surroundings(home), stdout=said, stderr=said, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def surroundings(home: Path, **environment: str) -> dict[str, str]:
    """The environment of a user who set nothing but the data folder."""
    ours = {
        "DATABASE_URL",
        "GUANXI_TEST_DATABASE_URL",
        "GUANXI_TEST_HOME",
        "DJANGO_SETTINGS_MODULE",
        "GUANXI_PUSH_PORT",
    }
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "GUANXI_HOME": str(home), **environment}


def free_port() -> int:
    """A port that is free, and whose next one is free too."""
    while True:
        with closing(socket.socket()) as one, closing(socket.socket()) as next_one:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def health(port: int) -> tuple[int, list[str]]:
    """Status of /healthz, and what it misses; status 0 when nobody answers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())["missing"]
        except OSError:
            return 0, []


def wait_for_health(port: int, process: psutil.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while health(port)[0] != http.client.OK:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def wait_until_gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those of the processes that still live after a while."""
    _, alive = psutil.wait_procs(processes, timeout=30)
    return alive
