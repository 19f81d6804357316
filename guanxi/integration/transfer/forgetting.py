"""What a file says of somebody who was erased goes when its rows have been heard; that there were such rows stays."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench, write_whole
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.outcomes import ERASED
from guanxi.integration.transfer.place import Place, place_of

TOLD = {"row", "problem", "outcome", "reason", "notes"}  # that and why a row stayed out, and nothing of what it says


def forget_the_erased(import_: Import) -> None:
    """Blank the rows of the import that were about erased customers, and remove the file as it was sent.

    Done again, it changes nothing; rows that have not been heard yet are left for the next time. The outcomes come
    last and in their order, because a row that a later one of the same number outdid is known by that one.
    """
    if not import_.counts.get(f"note:{ERASED}"):
        return
    place = place_of(import_.pk)
    with workbench(place.folder) as duck:
        heard = f"read_parquet({literal(str(place.outcomes / '*.parquet'))})"
        noted = f"list_contains(notes, {literal(ERASED)})"
        theirs = f"external_id IN (SELECT external_id FROM {heard} WHERE {noted})"
        duck.execute(f"CREATE TEMP TABLE gone AS SELECT row FROM {heard} WHERE {noted} OR {theirs}")
        place.original.unlink(missing_ok=True)
        for path in _tables(place):
            if _tells(duck, path):
                _blank(duck, path)


def _tables(place: Place) -> Iterator[Path]:
    yield from (path for path in (place.rows, place.prepared) if path.exists())
    yield from sorted(place.outcomes.glob("*.parquet"))


def _said(path: Path) -> list[str]:
    return [name for name in pq.read_schema(path).names if name not in TOLD]


def _tells(duck: duckdb.DuckDBPyConnection, path: Path) -> bool:
    anything = " OR ".join(f"{name} NOTNULL" for name in map(_quoted, _said(path)))
    query = f"SELECT count(*) FROM read_parquet({literal(str(path))}) SEMI JOIN gone USING (row) WHERE {anything}"
    ((rows,),) = duck.execute(query).fetchall()
    return bool(rows)


def _blank(duck: duckdb.DuckDBPyConnection, path: Path) -> None:
    said = ", ".join(
        f"CASE WHEN row NOT IN (FROM gone) THEN {name} END AS {name}" for name in map(_quoted, _said(path))
    )
    query = f"SELECT * REPLACE ({said}) FROM read_parquet({literal(str(path))}) ORDER BY row"
    write_whole(duck, query, path)


def _quoted(name: str) -> str:
    return f'"{name}"'
