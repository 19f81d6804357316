"""Making a cluster: folders, initdb, who may connect, and the settings it runs with."""

import os
import shutil
import stat
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from guanxi.foundation.errors import UserError
from guanxi.foundation.server.account import own_name
from guanxi.foundation.server.address import ROLE
from guanxi.foundation.server.binaries import binaries_for
from guanxi.foundation.server.place import Place

SUPERUSER = "postgres"

CONTAINERS_LIMIT = Path("/sys/fs/cgroup/memory.max")
MEGABYTE = 2**20

# Modest on purpose: a laptop runs this beside everything else. Time zone and locale are fixed so that data travel.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "log_checkpoints": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error names the table and the rule, never the values: customers are not written into a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


def shared_memory(total: int) -> str:
    """What the server keeps of its tables, by the bytes there are: an eighth, within bounds. It is taken as it is used.

    A search for a name gathers a thousand customers from all over the table; what lies outside costs it twice the time.
    """
    return f"{min(max(total // 8 // MEGABYTE, 256), 1024)}MB"


def memory() -> int:
    """Bytes that the machine has, or that its container may take."""
    total = psutil.virtual_memory().total
    with suppress(OSError, ValueError):  # no container, or one without a limit: "max"
        total = min(total, int(CONTAINERS_LIMIT.read_text()))
    return total


def prepare(place: Place) -> None:
    """Make the folders and, the first time, the cluster. Needs the place's lock.

    Raises:
        UserError: a folder cannot be made or belongs to somebody else, or initdb failed.
    """
    try:
        _make_folders(place)
    except PermissionError as problem:
        raise UserError(
            f"The data folder {place.home} cannot be used by {own_name()}: {problem.strerror}. Nothing was changed."
        ) from problem
    if not (place.data / "PG_VERSION").exists():
        _initialise(place)
    _write_access_rules(place)


def data_version(place: Place) -> int | None:
    """The major version that wrote the cluster's data; None when there are none yet."""
    try:
        return int((place.data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def _make_folders(place: Place) -> None:
    if place.is_outside and not place.link.exists():
        place.cluster.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    for folder in (place.cluster, place.sockets):
        _make_private(folder, place)
    if place.is_outside and not place.link.is_symlink():
        place.link.symlink_to(place.cluster)


def _make_private(folder: Path, place: Place) -> None:
    """A folder only the server's account may enter; refuse one that somebody else put there first."""
    if not os.path.lexists(folder):
        folder.mkdir(mode=0o700)
        place.account.own(folder)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != place.account.uid:
        raise UserError(
            f"{folder} is not a folder of the account {place.account.name}, which runs the database server. "
            "Run Guanxi under the account that made it, or choose another GUANXI_HOME."
        )
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)


def _initialise(place: Place) -> None:
    """Initdb beside, then rename: a half-made cluster is never taken for a whole one."""
    unfinished = place.cluster / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    run = subprocess.run(
        [
            *(str(binaries_for(place.account) / "initdb"), "--pgdata", str(unfinished), "--username", SUPERUSER),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--auth-local", "peer", "--auth-host", "reject"),
            *("--data-checksums",),
        ],
        check=False,
        capture_output=True,
        text=True,
        **place.account.process_options(),
    )
    if run.returncode:
        raise UserError(f"The database could not be created in {place.cluster}: {run.stderr.strip()}")
    unfinished.rename(place.data)


def _write_access_rules(place: Place) -> None:
    """Peer authentication over the private socket: the kernel vouches for who connects; nobody else may."""
    people = {own_name(), place.account.name}
    names = [f'guanxi "{person}" {role}' for person in sorted(people) for role in (ROLE, SUPERUSER)]
    _write(place, "pg_hba.conf", "local all all peer map=guanxi\n")
    _write(place, "pg_ident.conf", "\n".join(names) + "\n")


def _write(place: Place, name: str, text: str) -> None:
    path = place.data / name
    path.write_text(text)
    path.chmod(0o600)
    place.account.own(path)
