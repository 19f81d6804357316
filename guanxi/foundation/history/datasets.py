"""Which bulk facts the history knows. A dataset is a declaration; a new kind of fact is one more of them.

Every dataset begins with the same five columns, so that identities, erasure, withdrawal and incremental reading work
alike for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

MOMENT = pa.timestamp("us", tz="UTC")

COMMON = (
    pa.field("source", pa.string(), nullable=False),
    pa.field("external_id", pa.string()),
    pa.field("line_key", pa.int64(), nullable=False),
    pa.field("at", MOMENT, nullable=False),
    pa.field("batch", pa.string(), nullable=False),
)


class UnknownDatasetError(LookupError):
    """No dataset of this name has been declared."""


@dataclass(frozen=True)
class Dataset:
    """One kind of bulk fact.

    name: the table's name, also its folder.
    columns: what a fact says beyond `COMMON`; a field with `nullable=False` must be filled in every row.
    span: calendar span (UTC) of one partition. Files inside it are cut by customer, not by time, so a year holds
        anything from a few thousand to a hundred million order lines; choose months for facts read by recent time.
    choices: columns whose values come from a closed list.
    """

    name: str
    columns: tuple[pa.Field, ...]
    span: Literal["month", "year"] = "year"
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def schema(self) -> pa.Schema:
        """All columns in the order in which they lie in the files."""
        return pa.schema([*COMMON, *self.columns])


ORDER_LINES = Dataset(
    name="order_lines",
    columns=(
        pa.field("order_id", pa.string(), nullable=False),
        pa.field("sku", pa.string()),
        pa.field("description", pa.string()),
        pa.field("quantity", pa.float64(), nullable=False),
        pa.field("unit_price", pa.float64()),
        pa.field("amount", pa.float64(), nullable=False),  # signed line total in company currency
        pa.field("currency", pa.string(), nullable=False),
        pa.field("country", pa.string()),
        pa.field("kind", pa.string(), nullable=False),
    ),
    choices={"kind": ("sale", "return", "adjustment")},
)

_declared: dict[str, Dataset] = {}


def declare(dataset: Dataset) -> None:
    """Make a dataset known; called once at start by the app whose facts it holds. Repeating it replaces it."""
    _declared[dataset.name] = dataset


def declared(name: str) -> Dataset:
    """The dataset of this name; raises `UnknownDatasetError`."""
    try:
        return _declared[name]
    except KeyError:
        raise UnknownDatasetError(f"No dataset is called {name!r}; declared are {sorted(_declared)}.") from None


def all_declared() -> list[Dataset]:
    """Every dataset, in the order of declaration."""
    return list(_declared.values())


declare(ORDER_LINES)
