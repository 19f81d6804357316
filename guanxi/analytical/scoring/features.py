"""What is known of each unit before the outcome: numbers, which may be missing, and categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.errors import AnalysisError

MISSING = ""
LARGEST = 1e100
NUMBERS = (
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_boolean,
    pa.types.is_null,
)
CATEGORIES = (pa.types.is_string, pa.types.is_large_string, pa.types.is_dictionary)


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """A category: for each unit the place of its level in `names`. A missing one is the level "" (no answer)."""

    codes: Integers
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Columns of one length by name. numbers: floats, NaN where missing. categories: `Levels`."""

    numbers: Mapping[str, Array]
    categories: Mapping[str, Levels]
    size: int

    @classmethod
    def of(
        cls, numbers: Mapping[str, ArrayLike] | None = None, categories: Mapping[str, Iterable[Any]] | None = None
    ) -> Features:
        """Checked columns. AnalysisError for infinite numbers, different lengths, one name twice, or no column."""
        given, named = numbers or {}, categories or {}
        if both := given.keys() & named.keys():
            raise AnalysisError(f"Both a number and a category: {', '.join(sorted(both))}.")
        columns = {name: _number(name, values) for name, values in given.items()}
        levels = {name: _levels(values) for name, values in named.items()}
        sizes = {len(each) for each in columns.values()} | {len(each.codes) for each in levels.values()}
        if len(sizes) != 1:
            raise AnalysisError("Features need one column or more, all of one length.")
        return cls(columns, levels, sizes.pop())

    @classmethod
    def from_table(cls, table: pa.Table) -> Features:
        """Numbers and truth values (0 and 1) of an Arrow table as numbers, text as categories, else AnalysisError.

        What is missing is marked among numbers and a level of its own among categories; an empty column is a number
        that is always missing.
        """
        numbers, categories = {}, {}
        for name in table.column_names:
            kind, values = table.schema.field(name).type, table[name]
            if any(is_kind(kind) for is_kind in NUMBERS):
                numbers[name] = values.cast("float64").to_numpy()
            elif any(is_kind(kind) for is_kind in CATEGORIES):
                categories[name] = values
            else:
                raise AnalysisError(f"{name} is {kind}; features are numbers or text.")
        return cls.of(numbers, categories)

    @property
    def names(self) -> tuple[str, ...]:
        """Every feature, numbers first."""
        return (*self.numbers, *self.categories)

    def __len__(self) -> int:
        return self.size

    def require(self, numbers: Iterable[str], categories: Iterable[str]) -> None:
        """AnalysisError unless what a model reads is there, and of the kind that it was fitted on."""
        for kind, read, given in (("number", numbers, self.numbers), ("category", categories, self.categories)):
            for name in read:
                if name not in given:
                    raise AnalysisError(f"The model reads the {kind} {name}, which is not given.")

    def rows(self, chosen: Any) -> Features:
        """The same features of some units: an index or a mask."""
        numbers = {name: values[chosen] for name, values in self.numbers.items()}
        categories = {name: Levels(each.codes[chosen], each.names) for name, each in self.categories.items()}
        return Features(numbers, categories, int(np.arange(self.size)[chosen].size))

    def without(self, *names: str) -> Features:
        """The same units with some features left out."""
        numbers = {name: values for name, values in self.numbers.items() if name not in names}
        categories = {name: each for name, each in self.categories.items() if name not in names}
        return Features(numbers, categories, self.size)


def _number(name: str, values: ArrayLike) -> Array:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise AnalysisError(f"{name} must be one-dimensional, it has {array.ndim} dimensions.")
    if (np.abs(array) > LARGEST).any():
        raise AnalysisError(f"{name} holds numbers that are infinite or beyond {LARGEST:g}.")
    return array


def _levels(values: Iterable[Any]) -> Levels:
    column = values if isinstance(values, pa.ChunkedArray | pa.Array) else _texts(values)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    coded = column.cast(pa.string()).fill_null(MISSING).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return Levels(coded.indices.to_numpy().astype(np.int64), tuple(coded.dictionary.to_pylist()))


def _texts(values: Iterable[Any]) -> pa.Array:
    """Texts as they are, other things by their name; None and NaN are missing."""
    listed = values.tolist() if isinstance(values, np.ndarray) else list(values)
    try:
        return pa.array(listed, pa.string(), from_pandas=True)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        known = [None if each is None or each != each else str(each) for each in listed]  # noqa: PLR0124 NaN
        return pa.array(known, pa.string())
