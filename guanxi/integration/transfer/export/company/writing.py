from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import Model
from django.utils.translation import override

from guanxi.foundation import history
from guanxi.foundation.duck import literal
from guanxi.foundation.history.datasets import all_declared
from guanxi.integration.transfer.export.company import describing
from guanxi.integration.transfer.export.company.attached import write_files
from guanxi.integration.transfer.export.company.tables import business_tables, columns_of
from guanxi.integration.transfer.export.models import Export, ExportPart
from guanxi.integration.transfer.export.place import sha256_of, whole
from guanxi.integration.transfer.points import Point, reach

Clock = Callable[[], datetime]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Wanted:
    """A file of the archive and the query that fills it, over a reading of the history with the database attached."""

    name: str
    query: Callable[[history.Reading], str]


def write_company(export: Export, folder: Path, path: Path, clock: Clock, tell: Tell) -> int:
    """Write every table and dataset as a part, all parts and kept files into one archive at `path`; how many rows.

    A part that is written stays, so that an export that was killed goes on where it was. `tell` is called after each
    part with the rows so far, and may raise to stop.
    """
    done = {part.name: part.rows for part in export.parts.all() if (folder / part.name).exists()}
    for wanted in _wanted():
        if wanted.name not in done:
            done[wanted.name] = _write(export, folder, wanted, clock)
            reach(Point.PART_WRITTEN)
            tell(sum(done.values()))
    _pack(export, folder, path, clock())
    return sum(done.values())


def _wanted() -> Iterator[Wanted]:
    for model in business_tables():
        yield Wanted(f"tables/{model._meta.db_table}.parquet", _of_table(model))
    for dataset in all_declared():
        yield Wanted(f"history/{dataset.name}.parquet", _of_dataset(dataset.name))


def _of_table(model: type[Model]) -> Callable[[history.Reading], str]:
    def query(reading: history.Reading) -> str:
        reading.company(model._meta.db_table)
        columns = ", ".join(f'"{each.column}"' for each in columns_of(model))
        return f'SELECT {columns} FROM company.public."{model._meta.db_table}"'

    return query


def _of_dataset(name: str) -> Callable[[history.Reading], str]:
    return lambda reading: f"SELECT * FROM {reading.view(name)}"


def _write(export: Export, folder: Path, wanted: Wanted, clock: Clock) -> int:
    """One part: the file appears whole, then its row says what it holds."""
    path = folder / wanted.name
    path.parent.mkdir(exist_ok=True)
    at = clock()
    with history.store().read() as reading, whole(path) as draft:
        reading.duck.execute(
            f"COPY ({wanted.query(reading)}) TO {literal(str(draft))} (FORMAT parquet, COMPRESSION zstd)"
        )
    rows = pq.read_metadata(path).num_rows
    facts = {"rows": rows, "size": path.stat().st_size, "sha256": sha256_of(path), "read_at": at}
    with transaction.atomic():
        ExportPart.objects.update_or_create(of=export, name=wanted.name, defaults=facts)
    return int(rows)


def _pack(export: Export, folder: Path, path: Path, at: datetime) -> None:
    with override("en"), ZipFile(path, "w", ZIP_STORED) as archive:
        written = list(export.parts.all())
        for part in written:
            archive.write(folder / part.name, part.name)
        write_files(archive)
        for name, text in (
            ("README.md", describing.readme(at)),
            ("schema.json", describing.schema()),
            ("parts.json", describing.parts(written)),
        ):
            archive.writestr(name, text, compress_type=ZIP_DEFLATED)
