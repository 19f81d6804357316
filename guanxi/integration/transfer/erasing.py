"""The files of imports when a customer is erased: their rows go, and the file as it was sent goes with them."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.privacy.traces import blank
from guanxi.foundation.company.clock import now
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.actions import cancel_import
from guanxi.integration.transfer.duck import workbench, write_whole
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import Place, place_of
from guanxi.integration.transfer.undo.models import KeptCustomer


def erase_from_imports(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Take every row about the customer out of every import's files; how many rows, and how many files as sent.

    A row is about the customer when its outcome says so, when it bears one of their numbers, or one of their addresses.
    """
    counts = {"rows": 0, "originals": 0}
    for import_ in Import.objects.order_by("pk"):
        place = place_of(import_.pk)
        if not place.rows.exists():
            continue
        with workbench(place.folder) as duck:
            if not _find(duck, place, import_, subject):
                continue
            counts["rows"] += _count(duck)
            if import_.state == Import.State.PREPARING:
                cancel_import(import_=import_, by=None, at=now())
            counts["originals"] += place.original.exists()
            _rewrite(duck, place)
    KeptCustomer.objects.filter(party__in=subject.parties).delete()
    blank(Import.objects.all(), "counts", [*subject.pointers, *subject.names])
    return counts


def _find(duck: duckdb.DuckDBPyConnection, place: Place, import_: Import, subject: Subject) -> bool:
    """Fill the table `gone` with the numbers of the rows; whether there are any."""
    numbers = [number for source, number in subject.identities if source == import_.source_key]
    parts = list(_parts(duck, place, numbers, subject))
    duck.execute(f"CREATE OR REPLACE TEMP TABLE gone AS SELECT DISTINCT row FROM ({' UNION ALL '.join(parts)})")
    return _count(duck) > 0


def _parts(duck: duckdb.DuckDBPyConnection, place: Place, numbers: list[str], subject: Subject) -> Iterator[str]:
    duck.execute("CREATE OR REPLACE TEMP TABLE numbers AS SELECT unnest(?::VARCHAR[]) AS number", [numbers])
    duck.execute("CREATE OR REPLACE TEMP TABLE parties AS SELECT unnest(?::BIGINT[]) AS party", [subject.parties])
    duck.execute("CREATE OR REPLACE TEMP TABLE pointers AS SELECT unnest(?::VARCHAR[]) AS text", [subject.pointers])
    cells = [name for name in pq.read_schema(place.rows).names if name not in ("row", "problem")]
    said = f"concat_ws(chr(31), {', '.join(cells)})"
    yield f"SELECT row FROM {_read(place.rows)}, pointers WHERE contains({said}, text)"
    if place.prepared.exists():
        yield f"SELECT row FROM {_read(place.prepared)} SEMI JOIN numbers ON external_id = number"
    for path in sorted(place.outcomes.glob("*.parquet")):
        theirs = "party IN (FROM parties) OR external_id IN (FROM numbers)"
        yield f"SELECT row FROM {_read(path)} WHERE {theirs}"


def _count(duck: duckdb.DuckDBPyConnection) -> int:
    ((count,),) = duck.execute("SELECT count(*) FROM gone").fetchall()
    return int(count)


def _rewrite(duck: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Tables lose the rows; whatever else lies there (the file as sent, drafts) goes. The rows' own table comes last,
    because a rewriting that was cut short finds them by it again."""
    files = [path for path in sorted(place.folder.rglob("*")) if path.is_file() and path != place.rows]
    for path in [*files, place.rows]:
        if path.suffix == ".parquet" and "row" in pq.read_schema(path).names:
            write_whole(duck, f"SELECT * FROM {_read(path)} ANTI JOIN gone USING (row) ORDER BY row", path)
        else:
            path.unlink()


def _read(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"
