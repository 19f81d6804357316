"""Replacing files by better ones: without some rows, or fewer and sorted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from pathlib import Path

import duckdb
from pyiceberg.manifest import DataFile

from guanxi.foundation.history.parquet import BY_CUSTOMER, GROUPS_PER_FILE, ROW_GROUP, scan, write

FULL_FILE = GROUPS_PER_FILE * ROW_GROUP
WORTH_MERGING = 0.1  # share of small files in a partition from which all of it is sorted anew
WORTH_SAVING = 1.5  # how many times the files needed


@dataclass(frozen=True)
class Rewrite:
    """Files to swap, and how many rows go or move with it."""

    removed: list[DataFile] = field(default_factory=list)
    added: list[Path] = field(default_factory=list)
    rows: int = 0


def without(connection: duckdb.DuckDBPyConnection, condition: str, files: list[DataFile], folder: Path) -> Rewrite:
    """Rewrite the files that hold rows meeting the SQL condition, leaving those out and the others in their order."""
    if not files:
        return Rewrite()
    held = connection.execute(
        f"SELECT filename, count(*) FROM {scan([each.file_path for each in files], filename=True)}"
        f" WHERE {condition} GROUP BY filename"
    ).fetchall()
    paths = {filename for filename, _ in held}
    kept = f"coalesce({condition}, false) = false"
    added = [
        path
        for each in sorted(paths)
        for path in write(connection, f"SELECT * FROM {scan([each])} WHERE {kept}", folder)
    ]
    removed = [each for each in files if each.file_path in paths]
    return Rewrite(removed, added, sum(count for _, count in held))


def merged(connection: duckdb.DuckDBPyConnection, files: list[DataFile], folder: Path) -> Rewrite:
    """One sorted set of full files in place of these, which lie in one partition."""
    rows = f"SELECT * FROM {scan([each.file_path for each in files])} {BY_CUSTOMER}"
    return Rewrite(files, write(connection, rows, folder), sum(each.record_count for each in files))


def mergers(files: list[DataFile]) -> Iterator[tuple[int, list[DataFile]]]:
    """Partitions and those of their files that are worth merging.

    Small files are merged among themselves until they make up a tenth of their partition; then all of it is sorted
    anew. So a night's trickle never rewrites a hundred million lines, and a customer is never found in many places.
    """
    for partition, members in groupby(sorted(files, key=_partition), key=_partition):
        everything = list(members)
        small = [each for each in everything if each.record_count < FULL_FILE // 2]
        chosen = everything if _rows(small) >= _rows(everything) * WORTH_MERGING else small
        if len(chosen) > ceil(_rows(chosen) / FULL_FILE) * WORTH_SAVING:
            yield partition, chosen


def _partition(file: DataFile) -> int:
    return int(file.partition[0])


def _rows(files: list[DataFile]) -> int:
    return sum(each.record_count for each in files)
