"""A running demo company for the browser: one that is named by GUANXI_JOURNEY_URL, or one of our own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds: the first start loads the demo company


@contextmanager
def running_company(home: Path | None = None) -> Iterator[str]:
    """The address of a company that answers, for as long as the block lasts. A folder of our own is removed again."""
    named = os.environ.get("GUANXI_JOURNEY_URL")
    if named:
        yield named.rstrip("/")
        return
    folder = home or Path(tempfile.mkdtemp(prefix="guanxi-journey-"))
    folder.chmod(0o711)  # root's server runs under another account, which must be able to enter
    try:
        with _process(folder, _free_port()) as address:
            yield address
    finally:
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _process(home: Path, port: int) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUANXI_", "DJANGO_"))}
    command = [sys.executable, "-m", "guanxi.site.command_line", "run", "--port", str(port)]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=PROJECT, env={**kept, "GUANXI_HOME": str(home)}, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            if not _answers(f"{address}/healthz", process):
                said.seek(0)
                raise RuntimeError(f"The demo company did not start:\n{said.read()[-3000:]}")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (loopback)
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    return False


def _free_port() -> int:
    """A port whose next one is free too: pages and push stand side by side."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return int(port)
    raise RuntimeError("no two neighbouring ports are free")
