"""Rows between PostgreSQL and Parquet. COPY on Django's own connection, so that an open transaction is honoured."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from guanxi.foundation.duck import literal
from guanxi.foundation.files import completed
from guanxi.insight.engines import bench

BLOCK = 1 << 20
DIALECT = "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"'"


def copy_out(
    query: str, types: Mapping[str, str], target: Path, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> int:
    """Write the answer of a PostgreSQL query to a Parquet file; `types` names the columns in DuckDB's types."""
    text = target.with_suffix(".csv")
    out = f"COPY ({query}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, text.open("wb") as file, cursor.cursor.copy(out, parameters) as rows:
        file.writelines(rows)
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    with completed(target) as draft, bench(target.parent) as database:
        found = database.execute(
            f"COPY (SELECT * FROM read_csv({literal(text)}, columns = {{{columns}}}, {DIALECT}))"
            f" TO {literal(draft)} (FORMAT parquet)"
        ).fetchone()
    text.unlink()
    return int(found[0]) if found else 0


def copy_in(source: Path, table: str, constants: Mapping[str, int]) -> None:
    """Append a Parquet file to a table with the same columns, and `constants` in every row. A null stays a null."""
    text = source.with_suffix(".csv")
    with bench(source.parent) as database:
        kinds = {name: kind for name, kind, *_ in database.execute(f"DESCRIBE FROM {literal(source)}").fetchall()}
        shown = [_as_text(name, kind) for name, kind in kinds.items()] + [str(value) for value in constants.values()]
        database.execute(
            f"COPY (SELECT {', '.join(shown)} FROM {literal(source)}) TO {literal(text)}"
            " (FORMAT csv, HEADER false, NULLSTR '\\N')"
        )
    names = ", ".join(f'"{name}"' for name in [*kinds, *constants])
    into = f"COPY \"{table}\" ({names}) FROM STDIN (FORMAT csv, NULL '\\N')"
    with connection.cursor() as cursor, text.open("rb") as file, cursor.copy(into) as rows:
        while block := file.read(BLOCK):
            rows.write(block)
    text.unlink()


def _as_text(name: str, kind: str) -> str:
    """Lists in PostgreSQL's own spelling."""
    return f"""'{{' || array_to_string("{name}", ',') || '}}'""" if kind.endswith("[]") else f'"{name}"'
