"""What an engine can do."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa


class Piece(Protocol):
    """One piece of work: its tables can be joined with each other, and are gone when it is done."""

    def parquet(self, *files: str | Path) -> ir.Table:
        """The rows of these files together; a column that some of them lack is null there."""

    def rows(self, table: pa.Table) -> ir.Table:
        """A small table of ours, handed over."""

    def kept(self, rows: ir.Table) -> ir.Table:
        """The same rows, worked out once however often they are asked for."""

    def write(self, rows: ir.Table, target: Path) -> int:
        """One Parquet file, in the order of `rows`, that is either whole or absent; how many rows."""

    def answer(self, rows: ir.Table) -> pa.Table:
        """The rows, here: one a customer at most."""

    def count(self, rows: ir.Table) -> int:
        """How many rows."""


class Engine(Protocol):
    """Computes Ibis expressions over Parquet files."""

    def piece(self, folder: Path, timezone: str) -> AbstractContextManager[Piece]:
        """Begin a piece of work whose days are those of `timezone`; what does not fit in memory goes below `folder`."""
