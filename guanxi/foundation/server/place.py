"""Where the server's files lie. Pure path arithmetic, so that settings can ask without starting anything."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from guanxi.foundation.errors import UserError
from guanxi.foundation.server.account import Account, server_account

SYSTEM_FOLDER = Path("/var/lib/guanxi")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # 107 bytes on Linux, 103 on macOS


@dataclass(frozen=True)
class Place:
    """The folders of one company's server.

    `home` is the data folder of the company, `cluster` the server's part of it: 0700 and owned by `account`.
    """

    home: Path
    cluster: Path
    sockets: Path
    account: Account

    @property
    def data(self) -> Path:
        """What PostgreSQL calls PGDATA."""
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.cluster / "server.log"

    @property
    def link(self) -> Path:
        """The name under which the cluster is found from the company's folder."""
        return self.home / "postgres"

    @property
    def is_outside(self) -> bool:
        """Whether the cluster had to move out of a folder that the server's account cannot enter."""
        return self.cluster != self.link


def place_of(home: Path) -> Place:
    """The place of the server of the company in `home`, which need not exist yet."""
    home = Path(home).expanduser().resolve()
    account = server_account()
    cluster = _cluster(home, account)
    return Place(home, cluster, _sockets(cluster, account), account)


def make_home(home: Path) -> Path:
    """Make the company's folder unless it is there, and return it.

    Nobody else may list it; root's lets the server's account pass through to its own part.

    Raises:
        UserError: it cannot be made here.
    """
    home = Path(home).expanduser().resolve()
    try:
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as problem:
        raise UserError(
            f"The data folder {home} cannot be made: {problem.strerror}. Choose another with GUANXI_HOME."
        ) from problem
    return home


def _cluster(home: Path, account: Account) -> Path:
    link = home / "postgres"
    if link.exists():
        return link.resolve()
    if not account.borrowed or account.can_enter(home):
        return link
    return SYSTEM_FOLDER / _short_name(home)


def _sockets(cluster: Path, account: Account) -> Path:
    """Beside the data; in a short private runtime folder when the path is too long for a Unix socket."""
    beside = cluster / "sockets"
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return beside
    if account.borrowed:
        return Path("/run") / f"guanxi-{_short_name(cluster)}"
    runtime = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return Path(runtime) / f"guanxi-{account.uid}-{_short_name(cluster)}"


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
