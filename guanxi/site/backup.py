"""The whole company in one file, and back: the database as pg_dump writes it, and the files of the data folder.

The dump is taken first, and the history's datasets are held until their files are copied: every file the dump speaks of
is in the backup. A backup appears under its name only when it is whole.
"""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from guanxi.customer.privacy import ledger
from guanxi.foundation import history
from guanxi.foundation.errors import UserError
from guanxi.foundation.history.datasets import all_declared
from guanxi.foundation.history.turns import locked
from guanxi.foundation.server import Address
from guanxi.foundation.server.dump import dump, is_empty, load, server_version
from guanxi.site.unpacking import unpack

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
# Not the company's: the server, locks, and what every start makes anew.
LEFT_OUT = {"postgres", ".postgres.lock", ".postgres.users", "static"}

Advance = Callable[[int], object]


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself. `taken_at` is ISO 8601; `bytes` is the size of everything in it."""

    format: int
    guanxi: str
    postgresql: int
    taken_at: str
    bytes: int


def back_up(*, home: Path, database: Address, target: Path, at: datetime, began: Advance, advance: Advance) -> Manifest:
    """Write the company to `target`. `began` hears the total of bytes, `advance` how many more are done.

    Raises:
        UserError: the target exists, or there is no room.
    """
    if target.exists():
        raise UserError(f"{target} exists already, and backups do not overwrite anything. Choose another name.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as workshop, _history_held():
            dumped = Path(workshop) / DUMP
            dump(database, dumped)
            files = list(_files(home))
            size = dumped.stat().st_size + sum(path.stat().st_size for path in files)
            began(size)
            manifest = Manifest(FORMAT, version("guanxi"), server_version(database), at.isoformat(), size)
            (Path(workshop) / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1))
            members = [(Path(workshop) / name, name) for name in (MANIFEST, DUMP)]
            _write(unfinished, [*members, *((path, f"{FILES}/{path.relative_to(home)}") for path in files)], advance)
        unfinished.rename(target)
    except OSError as problem:
        raise UserError(f"The backup was not written: {problem}. The company is as it was.") from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def restore(*, home: Path, database: Address, origin: Path, began: Advance, advance: Advance) -> Manifest:
    """Make `home` and the empty `database` the company that `origin` holds.

    Raises:
        UserError: `origin` is no backup, or there is a company already; nothing was changed.
    """
    with _opened(origin) as archive:
        manifest = _manifest(archive, origin)
        _require_nothing_there(home, database)
        began(manifest.bytes)
        with tempfile.TemporaryDirectory(dir=home) as workshop:
            for member in archive:
                unpack(archive, member, Path(workshop))
                advance(member.size)
            load(database, Path(workshop) / DUMP)
            with _erasures_kept(home / ledger.NAME):
                for path in (Path(workshop) / FILES).iterdir():
                    _put(path, home / path.name)
    history.store().follow_move()
    return manifest


@contextmanager
def _history_held() -> Iterator[None]:
    """No dataset changes while its files are copied; reading goes on."""
    with ExitStack() as held:
        for dataset in all_declared():
            held.enter_context(locked(history.store().dsn, dataset))
        yield


def _files(home: Path) -> Iterator[Path]:
    for top in sorted(home.iterdir()):
        if top.name not in LEFT_OUT and not top.is_symlink():
            yield from (path for path in (top, *sorted(top.rglob("*"))) if path.is_file())


def _write(path: Path, members: list[tuple[Path, str]], advance: Advance) -> None:
    with tarfile.open(path, "x", dereference=True) as archive:  # files with two names are written twice
        path.chmod(0o600)
        for source, name in members:
            archive.add(source, name, recursive=False)
            advance(source.stat().st_size)


@contextmanager
def _opened(origin: Path) -> Iterator[tarfile.TarFile]:
    try:
        with origin.open("rb") as file, tarfile.open(fileobj=file) as archive:
            yield archive
    except tarfile.TarError as problem:
        raise UserError(f"This is not a Guanxi backup, or not a whole one: {origin}.") from problem
    except OSError as problem:
        raise UserError(f"{origin} cannot be restored: {problem}.") from problem


def _manifest(archive: tarfile.TarFile, origin: Path) -> Manifest:
    first = archive.next()
    text: IO[bytes] | None = archive.extractfile(first) if first and first.name == MANIFEST else None
    if text is None:
        raise UserError(f"This is not a Guanxi backup: {origin}. Nothing was changed.")
    manifest = Manifest(**json.loads(text.read()))
    if manifest.format > FORMAT:
        raise UserError(f"{origin} was written by Guanxi {manifest.guanxi}, which is newer. Nothing was changed.")
    return manifest


def _require_nothing_there(home: Path, database: Address) -> None:
    kept = next((path for path in _files(home) if path.name not in ("secret", ledger.NAME)), None)
    if kept or not is_empty(database):
        raise UserError(
            f"There is a company already: {kept or 'the database has tables'}. Nothing was changed. "
            "Restore into a new GUANXI_HOME (and, with DATABASE_URL, into an empty database)."
        )


@contextmanager
def _erasures_kept(place: Path) -> Iterator[None]:
    """Erasures that were put here before the restore count as well as those that the backup knows of."""
    before = place.read_text().splitlines() if place.exists() else []
    yield
    after = place.read_text().splitlines() if place.exists() else []
    if lacking := [line for line in before if line not in after]:
        place.write_text("\n".join([*after, *lacking, ""]))


def _put(path: Path, place: Path) -> None:
    """Move into the data folder; what this start made there meanwhile (the signing key) gives way."""
    if place.is_dir():
        shutil.rmtree(place)
    path.replace(place)
