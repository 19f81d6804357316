import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from guanxi.foundation import server
from guanxi.foundation.server.account import server_account
from guanxi.foundation.server.place import SYSTEM_FOLDER, place_of


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder the server's account can enter, unlike pytest's own when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="guanxi-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(open_folder: Path) -> Iterator[Path]:
    """A data folder whose server is stopped, however the test ends."""
    home = open_folder / "home"
    yield home
    end_server(home)


@pytest.fixture
def closed_home() -> Iterator[Path]:
    """A data folder below one that only its owner may enter, as a newcomer's in a container is."""
    if os.geteuid() != 0:
        pytest.skip("only root steps down to an account that cannot enter root's folders")
    folder = Path(tempfile.mkdtemp(prefix="guanxi-closed-"))
    home = folder / "home"
    yield home
    cluster = place_of(home).cluster
    end_server(home)
    assert cluster.parent == SYSTEM_FOLDER
    shutil.rmtree(cluster)
    shutil.rmtree(folder)


def end_server(home: Path) -> None:
    server.stop(home)
    assert not processes_of(home)


def processes_of(home: Path) -> list[psutil.Process]:
    """The server's processes, which all work in its data folder."""
    data = place_of(home).data
    found = [process for process in psutil.process_iter(["cwd", "name"]) if process.info["cwd"] == str(data)]
    return [process for process in found if process.info["name"].startswith("postgres")]


def is_account_of_server(process: psutil.Process) -> bool:
    return process.uids().effective == server_account().uid
