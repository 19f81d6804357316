"""What everybody needs who asks a DuckDB."""

from pathlib import Path


def literal(text: str | Path) -> str:
    """A text or a path as an SQL literal, for the places where DuckDB takes no parameter."""
    return "'" + str(text).replace("'", "''") + "'"
