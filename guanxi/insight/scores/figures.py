"""The statistics of all parties as NumPy columns, by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

# Of a sum of money: the order of adding floats, which engines choose, shows only further behind.
PLACES = 6
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]
QUARTER = 90  # days


@dataclass
class Figures:
    """One element per party, in one order. `as_of` is the last day that counts."""

    table: pa.Table
    as_of: date
    _kept: dict[str, NDArray[Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, as_of: date) -> "Figures":
        """The file that the step `statistics` wrote."""
        return cls(pq.read_table(path), as_of)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __getitem__(self, name: str) -> Floats:
        """A column of numbers; unknown is nan."""
        if name not in self._kept:
            self._kept[name] = self.table[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
        return self._kept[name]

    def __setitem__(self, name: str, values: Floats) -> None:
        """Keep a computed column beside the stored ones."""
        self._kept[name] = np.asarray(values, dtype=np.float64)

    def net(self, span: str = "") -> Floats:
        """Sales less returns, ever or of a span (`_year`, `_quarter`), to the same places as the sums, so that equals
        rank as equals."""
        return np.round(self[f"sales{span}"] - self[f"returns{span}"], PLACES)

    def beside(self, path: Path, names: Iterable[str]) -> None:
        """Keep columns of another file with a `party` column, in ascending order of it; parties that are not in it are
        unknown there (nan), and so are all where there is no such file."""
        names = list(names)
        for name in names:
            self[name] = np.full(len(self), np.nan)
        if not path.exists():
            return
        table = pq.read_table(path, columns=["party", *names])
        place = table["party"].to_numpy()
        known = np.isin(self.parties, place, assume_unique=True)
        rows = np.searchsorted(place, self.parties[known])
        for name in names:
            self[name][known] = table[name].cast(pa.float64()).to_numpy(zero_copy_only=False)[rows]

    @property
    def parties(self) -> NDArray[np.int64]:
        """Their keys."""
        return np.asarray(self.table["party"].to_numpy(), dtype=np.int64)

    def days(self, name: str) -> Days:
        """A column of dates; unknown is NaT."""
        return np.asarray(self.table[name].cast(pa.date32()).to_numpy(zero_copy_only=False), dtype="datetime64[D]")

    @property
    def months(self) -> Floats:
        """Revenue of the last twelve calendar months, oldest first: shape (parties, 12)."""
        return np.column_stack([self[f"month_{number:02d}"] for number in range(12)])
