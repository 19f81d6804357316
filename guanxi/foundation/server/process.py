"""Starting and stopping the server process."""

import fcntl
import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from guanxi.foundation.errors import UserError
from guanxi.foundation.server.address import ROLE, Address, embedded_address
from guanxi.foundation.server.binaries import binaries_for
from guanxi.foundation.server.cluster import SETTINGS, SUPERUSER, data_version, memory, prepare, shared_memory
from guanxi.foundation.server.place import SOCKET_NAME, Place, make_home, place_of

PATIENCE = 300.0  # seconds: recovery after a crash may have much to replay
STALE_PATIENCE = 30.0  # seconds for the orphans of a killed server to let go of its shared memory
LARGEST_LOG = 10_000_000  # bytes


def start(home: Path, settings: Mapping[str, str] | None = None) -> Address:
    """Start the server of the company in `home` unless it runs already; make it the first time.

    Args:
        settings: PostgreSQL settings beside or instead of our own, for instance ``{"fsync": "off"}`` in tests.

    Returns:
        The address of the company's database, which exists and accepts connections.

    Raises:
        UserError: it cannot be started; the text tells why and where the log lies.
    """
    place = place_of(home)
    with _alone(place):
        if not _answers(place):
            prepare(place)
            _launch(place, {**SETTINGS, "shared_buffers": shared_memory(memory()), **(settings or {})})
            _make_database(place)
    return embedded_address(home)


def stop(home: Path) -> None:
    """Stop the server, ending open sessions; nothing happens when it is not running."""
    place = place_of(home)
    if not place.data.exists():
        return
    with _alone(place):
        if _postmaster(place):
            _control(place, "stop", "--mode", "fast")


def is_running(home: Path) -> bool:
    """Whether the company's server accepts connections."""
    return _answers(place_of(home))


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Only one process at a time starts or stops this server. The kernel frees the lock of a killed one."""
    with (make_home(place.home) / ".postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _launch(place: Place, settings: Mapping[str, str]) -> None:
    deadline = time.monotonic() + STALE_PATIENCE
    while True:
        _forget_stranger(place)
        _shorten_log(place)
        written = place.log.stat().st_size if place.log.exists() else 0
        if _control(place, "start", "--log", str(place.log), "--options", _as_options(place, settings)):
            return
        reason = _log_since(place, written)
        if not _is_passing(reason) or time.monotonic() > deadline:
            raise UserError(f"The database server did not start: {reason or 'no reason given'} (log: {place.log})")
        time.sleep(0.2)


def _as_options(place: Place, settings: Mapping[str, str]) -> str:
    everything = {**settings, "unix_socket_directories": str(place.sockets)}
    return shlex.join(part for name, value in everything.items() for part in ("-c", f"{name}={value}"))


def _control(place: Place, verb: str, *arguments: str) -> bool:
    """Run pg_ctl and wait for it; its output is not captured because the server would inherit the pipe."""
    program = binaries_for(place.account, data_version(place)) / "pg_ctl"
    command = [str(program), verb, "--pgdata", str(place.data), "--wait", "--timeout", str(int(PATIENCE)), *arguments]
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **place.account.process_options(),
    )
    return bool(done.returncode == 0)


def _is_passing(reason: str) -> bool:
    """After kill -9 the orphaned backends need a moment to notice and to release the shared memory."""
    return "pre-existing shared memory" in reason or "postmaster.pid" in reason or "already in use" in reason


def _forget_stranger(place: Place) -> None:
    """Remove lock files whose process number now belongs to another program, or to a killed server nobody has reaped.

    PostgreSQL would take it for a running server. It still checks that no orphan is attached to the shared memory.
    """
    if _postmaster(place) is None:
        for lock in (place.data / "postmaster.pid", place.sockets / f"{SOCKET_NAME}.lock"):
            pid = _written_pid(lock)
            if pid is not None and psutil.pid_exists(pid):
                lock.unlink(missing_ok=True)


def _postmaster(place: Place) -> psutil.Process | None:
    """The running server process of this cluster, if there is one."""
    pid = _written_pid(place.data / "postmaster.pid")
    if pid is None:
        return None
    try:
        process = psutil.Process(pid)
        ours = process.name().startswith("postgres") and Path(process.cwd()) == place.data.resolve()
    except psutil.Error:
        return None
    return process if ours and process.status() != psutil.STATUS_ZOMBIE else None


def _written_pid(lock: Path) -> int | None:
    try:
        return abs(int(lock.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def _log_since(place: Place, position: int) -> str:
    if not place.log.exists():
        return ""
    with place.log.open("rb") as log:
        log.seek(position)
        lines = log.read().decode(errors="replace").splitlines()
    return " ".join(line.split("FATAL:", 1)[1].strip() for line in lines if "FATAL:" in line) or " ".join(lines[-3:])


def _shorten_log(place: Place) -> None:
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.unlink()


def _answers(place: Place) -> bool:
    try:
        with _superuser_connection(place):
            return True
    except psycopg.OperationalError:
        return False


def _make_database(place: Place) -> None:
    """The role the program uses may create databases (tests do) but is no superuser."""
    with _superuser_connection(place) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")


def _superuser_connection(place: Place) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.sockets), port=5432, user=SUPERUSER, dbname="postgres", autocommit=True, connect_timeout=10
    )
