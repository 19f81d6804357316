"""What readings could not keep in memory. It may speak of anybody, so it must not outlive a killed reader."""

import shutil
from pathlib import Path

from sqlalchemy import Connection, text

OWNER_IS_GONE = text("SELECT pg_try_advisory_xact_lock(:name)")


def spill_of_reading(folder: Path, name: int) -> Path:
    """Where a reading may spill, below the history's folder; it holds the advisory lock `name` while it is open."""
    return folder / "spill" / str(name)


def clear_spills(connection: Connection, folder: Path) -> None:
    """Delete what killed readings left. To be called inside a transaction."""
    for path in (folder / "spill").glob("*"):
        if connection.execute(OWNER_IS_GONE, {"name": int(path.name)}).scalar():
            shutil.rmtree(path, ignore_errors=True)
