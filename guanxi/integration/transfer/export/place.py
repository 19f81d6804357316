import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

BLOCK = 1 << 20


def folder_of(export_id: int) -> Path:
    """The folder of an export; made on first use."""
    folder = Path(settings.GUANXI_HOME) / "exports" / str(export_id)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def file_of(export_id: int) -> Path:
    """Where its finished file lies, or would lie."""
    return Path(settings.GUANXI_HOME) / "exports" / str(export_id) / "file"


def clear(export_id: int) -> bool:
    """Remove all files of an export; whether there were any."""
    folder = file_of(export_id).parent
    there = folder.exists()
    shutil.rmtree(folder, ignore_errors=True)
    return there


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft that becomes the file when all of it is written."""
    draft = path.with_suffix(".draft")
    yield draft
    draft.replace(path)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
