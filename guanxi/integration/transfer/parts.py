"""The two kinds of work: how a file of each kind is prepared, and what is done with a part of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.foundation.accounts.models import User
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench, write_whole
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.lines.intake import append_lines, know_customers, know_products, outcomes_of
from guanxi.integration.transfer.lines.preparing import prepared_lines
from guanxi.integration.transfer.models import ImportChunk
from guanxi.integration.transfer.outcomes import Counts, counted, write_outcomes
from guanxi.integration.transfer.parties.ahead import PARTS_AHEAD, ReadingAhead, Rows
from guanxi.integration.transfer.parties.intake import ReadRow, take_in_part
from guanxi.integration.transfer.parties.preparing import prepared_customers
from guanxi.integration.transfer.place import Place
from guanxi.integration.transfer.plan import Plan


@dataclass(frozen=True)
class Part:
    """A part of an import about to be worked off, with the time and the person it is done for."""

    chunk: ImportChunk
    plan: Plan
    place: Place
    at: datetime
    by: User | None
    reading: ReadingAhead

    def rows(self, ahead: int = 0) -> Rows:
        """The rows of this part, or of one that follows it."""
        size = self.chunk.of.chunk_rows
        first = self.chunk.first + ahead * size
        return first, first + size - 1


@dataclass(frozen=True)
class Work:
    """`before` does what cannot share the database's transaction and bears repeating; `within` the rest, and counts."""

    before: Callable[[Part], Any]
    within: Callable[[Part, Any], Counts]


def _prepare_lines(place: Place, plan: Plan) -> None:
    with workbench(place.folder) as duck:
        write_whole(duck, prepared_lines(duck, f"read_parquet({literal(str(place.rows))})", plan), place.prepared)


def _prepare_customers(place: Place, plan: Plan) -> None:
    with workbench(place.folder) as duck:
        write_whole(duck, prepared_customers(f"read_parquet({literal(str(place.rows))})", plan), place.prepared)


def _append(part: Part) -> set[int]:
    return append_lines(part.plan, part.place.prepared, part.chunk.batch, part.chunk.first, part.chunk.rows)


def _follow(part: Part, known: set[int]) -> Counts:
    where = (part.place.prepared, part.chunk.first, part.chunk.rows)
    new = know_customers(part.plan, *where, at=part.at, by=part.by)
    products = know_products(*where)
    ImportChunk.objects.filter(pk=part.chunk.pk).update(products=products)
    outcomes = outcomes_of(part.plan, *where, known=known, new=new)
    write_outcomes(outcomes, part.place.outcome(part.chunk.number))
    return {**counted(outcomes), "customers_made": len(new)}


def _read(part: Part) -> list[ReadRow]:
    end = int(part.chunk.of.reading["header"]) + part.chunk.of.rows
    following = [part.rows(ahead) for ahead in range(1, PARTS_AHEAD + 1)]
    return part.reading.read(part.rows(), [each for each in following if each[0] <= end])


def _take_in(part: Part, read: list[ReadRow]) -> Counts:
    outcomes = take_in_part(part.plan, read, at=part.at, by=part.by)
    write_outcomes(outcomes, part.place.outcome(part.chunk.number))
    return counted(outcomes)


PREPARE: dict[str, Callable[[Place, Plan], None]] = {
    Kind.TRANSACTIONS: _prepare_lines,
    Kind.CUSTOMERS: _prepare_customers,
}
WORK: dict[str, Work] = {
    Kind.TRANSACTIONS: Work(_append, _follow),
    Kind.CUSTOMERS: Work(_read, _take_in),
}
