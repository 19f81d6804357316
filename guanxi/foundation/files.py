"""Files that are either complete or absent."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def completed(path: Path) -> Iterator[Path]:
    """A name to write to; the file gets its real name only when it is whole and on disk."""
    draft = path.with_name(f".{path.name}")
    yield draft
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
