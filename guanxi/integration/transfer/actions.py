"""What people do with imports: hand in a file, say how to read and map it, start, pause, resume and cancel it."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.foundation.push.actions import notify
from guanxi.integration.transfer.files.reading import Reading, guessed_reading, read
from guanxi.integration.transfer.mapping.checking import require_fields
from guanxi.integration.transfer.mapping.memory import remember
from guanxi.integration.transfer.mapping.proposal import propose, written
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.queries import corrected_by
from guanxi.integration.transfer.work import CHUNK_ROWS


def receive_file(
    *,
    name: str,
    blocks: Iterable[bytes],
    by: User | None,
    at: datetime,
    kind: str = "",
    source: str = "",
    encoding: str = "",
) -> Import:
    """Keep a file verbatim, read it, and propose what it is, where it comes from and what its columns mean.

    Raises:
        FileProblem: it is no table; nothing is kept.
    """
    import_ = Import.objects.create(
        file_name=Path(name).name[:255] or "file", size=0, sha256="", uploaded_at=at, uploaded_by=by
    )
    place = place_of(import_.pk)
    try:
        import_.size, import_.sha256 = _keep(blocks, place.original)
        _read(import_, guessed_reading(place.original, encoding))
    except BaseException:
        shutil.rmtree(place.folder, ignore_errors=True)
        import_.delete()
        raise
    import_.corrects = corrected_by(import_)
    propose(import_, kind=kind, source=source or (import_.corrects.source_key if import_.corrects else ""))
    import_.save()
    facts = {"file": import_.file_name, "sha256": import_.sha256, "rows": import_.rows}
    record(verb="transfer.file_received", by=by, at=at, subject=f"import:{import_.pk}", **facts)
    return import_


@transaction.atomic
def read_again(*, import_: Import, kind: str, changes: Mapping[str, Any]) -> None:
    """Read the file as another kind or with another encoding, delimiter or header, and propose its mapping anew.

    The rows on disk are replaced too, so the import is held from before the reading on: it cannot start meanwhile.

    Raises:
        FileProblem: it cannot be read so; the former reading stands.
        UserError: it has been started.
    """
    import_ = _locked(import_)
    require_preparing(import_)
    how = replace(Reading(**import_.reading), **changes)
    if how.facts() != import_.reading:
        _read(import_, how)
    propose(import_, kind=kind, source=import_.source_key)
    import_.save()


@transaction.atomic
def map_columns(
    *, import_: Import, kind: str, source: str, mapping: Mapping[str, str], choices: Mapping[str, Any]
) -> None:
    """Say what the file is and what its columns mean.

    mapping: field key by the column's place as text; columns left out stay in the verbatim row only.

    Raises:
        UserError: it has been started.
    """
    import_ = _locked(import_)
    require_preparing(import_)
    import_.kind, import_.source_key = kind, source
    import_.mapping = dict(mapping)
    import_.choices = {**import_.choices, **written(import_, keep=import_.choices).choices(), **choices}
    import_.save(update_fields=["kind", "source_key", "mapping", "choices"])


@transaction.atomic
def start_import(*, import_: Import, by: User | None, at: datetime, chunk_rows: int = 0) -> None:
    """Let the import run as it is mapped; from here on the mapping stands, and it is remembered for the next file.

    Raises:
        UserError: something needed is not mapped or not decided.
    """
    import_ = _locked(import_)
    require_preparing(import_)
    require_fields(import_)
    import_.chunk_rows = chunk_rows or CHUNK_ROWS[import_.kind]  # type: ignore[index]
    import_.started_at, import_.started_by = at, by
    import_.save(update_fields=["chunk_rows", "started_at", "started_by"])
    remember(import_, at=at, by=by)
    _note(import_, "started", by=by, at=at, file=import_.file_name, kind=import_.kind, source=import_.source_key)


@transaction.atomic
def pause_import(*, import_: Import, by: User | None, at: datetime) -> None:
    """Stop after the part that is being worked on."""
    import_ = _locked(import_)
    if import_.state == Import.State.RUNNING:
        import_.paused_at, import_.paused_by = at, by
        import_.save(update_fields=["paused_at", "paused_by"])
        _note(import_, "paused", by=by, at=at)


@transaction.atomic
def resume_import(*, import_: Import, by: User | None, at: datetime) -> None:
    """Let a paused import, or one that a problem stopped, go on where it was."""
    import_ = _locked(import_)
    if import_.state in (Import.State.PAUSED, Import.State.FAILED):
        import_.paused_at = import_.paused_by = import_.failed_at = None
        import_.failure = ""
        import_.save(update_fields=["paused_at", "paused_by", "failed_at", "failure"])
        _note(import_, "resumed", by=by, at=at)


@transaction.atomic
def cancel_import(*, import_: Import, by: User | None, at: datetime) -> None:
    """Leave out the parts that are not finished. What came in stays; importing the file again completes it."""
    import_ = _locked(import_)
    if import_.state not in (Import.State.FINISHED, Import.State.CANCELLED):
        import_.cancelled_at, import_.cancelled_by = at, by
        import_.save(update_fields=["cancelled_at", "cancelled_by"])
        _note(import_, "cancelled", by=by, at=at, done_rows=import_.done_rows)


def require_preparing(import_: Import) -> None:
    """Raise a sentence unless the import can still be changed."""
    if import_.state != Import.State.PREPARING:
        raise UserError(
            _("This import has been started, so that its mapping stands. Import the file again to change it.")
        )


def _locked(import_: Import) -> Import:
    return Import.objects.select_for_update().get(pk=import_.pk)


def _note(import_: Import, verb: str, *, by: User | None, at: datetime, **facts: Any) -> None:
    record(verb=f"transfer.import_{verb}", by=by, at=at, subject=f"import:{import_.pk}", **facts)
    notify(topic=f"import:{import_.pk}", kind=f"import.{verb}")


def _keep(blocks: Iterable[bytes], path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for block in blocks:
            digest.update(block)
            size += file.write(block)
    return size, digest.hexdigest()


def _read(import_: Import, how: Reading) -> None:
    place = place_of(import_.pk)
    table, how = read(place.original, place.rows, how)
    import_.reading, import_.header, import_.rows = how.facts(), table.header, table.rows
