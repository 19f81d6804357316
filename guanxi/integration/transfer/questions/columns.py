"""What stands in the columns of a table: numbers, dates, or words of which there are few."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.values.cells import cell
from guanxi.integration.transfer.values.moments import Order, moment, order_of
from guanxi.integration.transfer.values.numbers import decimal_mark, number

SAMPLE = 1_000  # rows
MOST_VALUES = 12  # of a column that may be an outcome
NEARLY_ALL = 0.95
DIGIT = "[0-9０-９]"  # in all numbers and dates
# Words that differ in more rows than these are names or free text: no row tells of another.
MANY, MANY_SHARE = 50, 0.5
ZONE = "UTC"
BLANK = ""
LONGEST = 100  # letters of a value, or of the name of a column, that are kept
LARGEST = 1e20  # longer figures name something


class Kind(StrEnum):
    NUMBER = "number"
    WORDS = "words"
    DATE = "date"
    NAMES = "names"
    EMPTY = "empty"


@dataclass(frozen=True)
class Column:
    """`values` with how many rows have each, the commonest first, where they are few; BLANK is one of them.

    mark: before the decimals of a number; order: of day and month in a date.
    """

    place: int
    name: str
    kind: Kind
    filled: int
    values: list[tuple[str, int]]
    mark: str = "."
    order: str = ""

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "Column":
        """As it was kept."""
        return cls(**{**facts, "kind": Kind(facts["kind"]), "values": [tuple(each) for each in facts["values"]]})

    def facts(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)

    @property
    def is_known(self) -> bool:
        """Whether rows can be told apart by it, and told of by others."""
        return self.kind in {Kind.NUMBER, Kind.WORDS}

    @property
    def words(self) -> list[str]:
        """The values that are there."""
        return [value for value, _rows in self.values if value != BLANK]

    @property
    def as_number(self) -> str:
        return figure(f"c{self.place}", self.mark)

    @property
    def as_word(self) -> str:
        return f"left(c{self.place}, {LONGEST})"

    @property
    def as_moment(self) -> str:
        return moment(f"c{self.place}", self.order, ZONE)


def columns_of(table: Path, names: Sequence[str]) -> list[Column]:
    """Describe every column of a rows file."""
    with workbench(table.parent) as duck:
        lay_out(duck, table, len(names))
        duck.execute(
            "CREATE TEMP TABLE sample AS SELECT * EXCLUDE (row) FROM cells"
            f" WHERE row % greatest((SELECT count(*) FROM cells) // {SAMPLE}, 1) = 0"
        )
        return [_column(duck, place, name) for place, name in enumerate(names)]


def lay_out(duck: duckdb.DuckDBPyConnection, table: Path, width: int) -> None:
    """The rows that can be read as `cells`: empty ones are NULL."""
    shown = ", ".join(f"{cell(f'c{place}')} AS c{place}" for place in range(width))
    duck.execute(
        f"CREATE TEMP TABLE cells AS SELECT row, {shown} FROM read_parquet({literal(str(table))}) WHERE problem IS NULL"
    )


def figure(text: str, mark: str) -> str:
    """A number to count with; NULL for one without bounds, or with more digits than anything counted has."""
    return f"CASE WHEN abs({number(text, mark)}) <= {LARGEST} THEN {number(text, mark)} END"


def as_value(column: str) -> str:
    """A cell as `Column.values` has it."""
    return f"coalesce({column}, '{BLANK}')"


def _column(duck: duckdb.DuckDBPyConnection, place: int, name: str) -> Column:
    text = f"c{place}"
    ((rows, filled, distinct, longest),) = duck.execute(
        f"SELECT count(*), count({text}), count(DISTINCT {text}), coalesce(max(length({text})), 0) FROM cells"
    ).fetchall()
    name = name[:LONGEST]
    values: list[tuple[str, int]] = []
    if distinct <= MOST_VALUES and longest <= LONGEST:
        values = duck.execute(f"SELECT {as_value(text)}, count(*) FROM cells GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    if not distinct or (distinct == 1 and filled == rows):
        return Column(place, name, Kind.EMPTY, filled, values)
    is_name = distinct > MANY and distinct > MANY_SHARE * filled
    words = Column(place, name, Kind.NAMES if is_name else Kind.WORDS, filled, values)
    # Looking for numbers and dates takes long, and for most words in vain.
    if _share(duck, text, f"nullif(regexp_matches({text}, '{DIGIT}'), false)") < NEARLY_ALL:
        return words
    mark = decimal_mark(duck, [text], "sample", likely=".")
    # One number, or none, is a mark that is set or not: a word.
    if distinct > 1 and _share(duck, text, figure(text, mark)) >= NEARLY_ALL:
        return Column(place, name, Kind.NUMBER, filled, values, mark=mark)
    order, _short = order_of(duck, [text], "sample")
    order = order or Order.DAY_FIRST
    if _share(duck, text, moment(text, order, ZONE)) >= NEARLY_ALL:
        return Column(place, name, Kind.DATE, filled, values, order=order)
    return words


def _share(duck: duckdb.DuckDBPyConnection, text: str, read: str) -> float:
    """Of the filled cells in the sample, those that can be read so."""
    ((readable, filled),) = duck.execute(f"SELECT count({read}), count({text}) FROM sample").fetchall()
    return readable / filled if filled else 0.0
