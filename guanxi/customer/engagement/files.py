"""Files kept with customers. Each is stored once under its SHA-256, typed by its content, and never executed."""

import hashlib
import os
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Attachment, Party
from guanxi.customer.timeline import FileAdded, Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError

LARGEST = 25_000_000  # bytes
# How files of a type begin. What begins otherwise is kept as bytes without a type.
BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),  # office documents too: they are handed out, never opened here
)
UNKNOWN = "application/octet-stream"


def folder() -> Path:
    return Path(settings.GUANXI_HOME) / "files"


def place_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


@transaction.atomic
def keep_file(*, party: Party, name: str, blocks: Iterable[bytes], by: User, at: datetime) -> Attachment:
    """Keep a file with the customer. Raises UserError: it is empty or larger than 25 MB; nothing is kept."""
    sha256, size, media_type = _store(blocks)
    own = own_record(party=party, at=at)
    attachment = Attachment.objects.create(
        source_record=own,
        party=party,
        name=_plain(name),
        media_type=media_type,
        size=size,
        sha256=sha256,
        added_at=at,
        added_by=by,
    )
    what = FileAdded(name=attachment.name, size=size)
    record(Occurrence(party=party.pk, source_record=own.pk, what=what, at=at, by=by))
    return attachment


@transaction.atomic
def discard_file(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take the file away from the customer; its bytes go when nobody else holds the same."""
    what = FileAdded(name=attachment.name, size=attachment.size, removed=True)
    record(Occurrence(party=attachment.party_id, source_record=attachment.source_record_id, what=what, at=at, by=by))
    attachment.delete()
    transaction.on_commit(lambda: forget_bytes([attachment.sha256]))


def forget_bytes(hashes: Iterable[str], *, leaving: Collection[int] = ()) -> int:
    """Delete the bytes that no customer holds any more, or only the parties that are leaving; how many files."""
    return sum(_forget(sha256, leaving) for sha256 in hashes)


@transaction.atomic
def _forget(sha256: str, leaving: Collection[int]) -> bool:
    _take_turns(sha256)
    held = Attachment.objects.filter(sha256=sha256).exclude(party__in=leaving).exists()
    if held or not place_of(sha256).exists():
        return False
    place_of(sha256).unlink()
    return True


def _take_turns(sha256: str) -> None:
    """Nobody else keeps or forgets these bytes until the transaction ends: bytes and rows come and go together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('guanxi.file.' || %s, 0))", [sha256])


def _store(blocks: Iterable[bytes]) -> tuple[str, int, str]:
    """SHA-256, size and type; the file has its name only when it is whole and on the disk. Needs a transaction."""
    folder().mkdir(parents=True, exist_ok=True)
    draft = folder() / f".{secrets.token_hex(8)}"
    digest, size, start = hashlib.sha256(), 0, b""
    try:
        with draft.open("xb") as file:
            for block in blocks:
                start = start or block[:16]
                digest.update(block)
                size += file.write(block)
                if size > LARGEST:
                    raise UserError(_("A file may have 25 MB at most. Nothing was saved."))
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise UserError(_("The file is empty. Nothing was saved."))
        _take_turns(digest.hexdigest())
        place = place_of(digest.hexdigest())
        place.parent.mkdir(exist_ok=True)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest(), size, next((kind for begun, kind in BEGINNINGS if start.startswith(begun)), UNKNOWN)


def _plain(name: str) -> str:
    """The last part of the name, without signs that a header or a folder would take for something else."""
    bare = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable() and sign not in '"<>|:*?')[:200] or "file"
