"""Under which account the server runs: PostgreSQL refuses to run as root."""

import os
import pwd
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanxi.foundation.errors import UserError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An operating-system account; `borrowed` when root steps down to it."""

    name: str
    uid: int
    gid: int
    borrowed: bool

    def process_options(self) -> Mapping[str, Any]:
        """Keyword arguments for `subprocess.run` that make the child run as this account."""
        if not self.borrowed:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/", "umask": 0o077}

    def own(self, path: Path) -> None:
        """Hand a file or folder that we made to this account."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_enter(self, folder: Path) -> bool:
        """Whether the mode bits let this account pass through `folder` and everything above it that exists."""
        return all(self._may_pass(f) for f in (folder, *folder.parents) if f.exists())

    def _may_pass(self, folder: Path) -> bool:
        status = folder.stat()
        if self.uid == status.st_uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if self.gid == status.st_gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def server_account() -> Account:
    """The account the server runs under: ours, or an existing unprivileged one when we are root.

    Raises:
        UserError: the current account has no name, or root finds no unprivileged account.
    """
    if os.geteuid() != 0:
        return Account(own_name(), os.geteuid(), os.getegid(), borrowed=False)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, borrowed=True)
    raise UserError(
        "PostgreSQL does not run as root, and there is no account “postgres” or “nobody” to run it as. "
        "Create one of them, or set DATABASE_URL."
    )


def own_name() -> str:
    """The name of the account this process runs as."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise UserError(
            f"The account with number {os.geteuid()} has no name, and PostgreSQL insists on one. "
            "Add it to /etc/passwd, or set DATABASE_URL."
        ) from None
