"""What is given out about an import: the outcome of every row, and the rejected rows to be put right.

CSV in UTF-8 with a byte order mark, as spreadsheets expect; no cell can be executed by one.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.reasons import NOTES, RESULTS, WHY, sentence
from guanxi.integration.transfer.trial import Trial
from guanxi.integration.transfer.values.cells import safe

MARK = "\ufeff"
AT_ONCE = 5_000


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def outcomes_csv(import_: Import) -> Iterator[str]:
    """Every row with its number, outcome, reason, notes, customer number and customer."""
    return csv_lines(_head(), (_outcome(row) for row in _outcomes(import_)))


def trial_csv(trial: Trial) -> Iterator[str]:
    """The same for rows that were only tried; customers that would be new have no number yet."""
    known = (
        dict(row, party=None if row["outcome"] == "created" else row["party"]) for row in trial.outcomes.to_pylist()
    )
    return csv_lines(_head(), map(_outcome, known))


def rejects_csv(import_: Import) -> Iterator[str]:
    """The rejected rows in the columns of the file, with the reason behind them; put right, they can be imported as
    they are, and the mapping of the file is remembered for them."""
    return csv_lines([*import_.header, str(WHY)], _rejects(import_))


def csv_lines(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """The lines of a CSV under these column names."""
    writer = csv.writer(_Echo())
    yield MARK + str(writer.writerow([safe(cell) for cell in head]))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))


def _head() -> list[str]:
    return [_("Row"), _("Outcome"), _("Reason"), _("Notes"), _("Customer number"), _("Customer")]


def _outcomes(import_: Import) -> Iterator[dict[str, Any]]:
    for path in sorted(place_of(import_.pk).outcomes.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(AT_ONCE):
                yield from batch.to_pylist()


def _outcome(row: dict[str, Any]) -> list[str]:
    return [
        str(row["row"]),
        str(RESULTS[row["outcome"]]),
        sentence(row["reason"], row["detail"]) if row["reason"] else "",
        "; ".join(str(NOTES[note]) for note in row["notes"] or ()),
        row["external_id"] or "",
        str(row["party"] or ""),
    ]


def _rejects(import_: Import) -> Iterator[list[str]]:
    place = place_of(import_.pk)
    if not any(place.outcomes.glob("*.parquet")):
        return
    cells = ", ".join(f"coalesce(c{number}, '')" for number in range(len(import_.header)))
    query = f"""
        SELECT {cells}, reason, detail FROM read_parquet({literal(str(place.rows))}) AS said
        JOIN read_parquet({literal(str(place.outcomes / "*.parquet"))}) AS judged USING (row)
        WHERE outcome = 'rejected' ORDER BY row"""
    with workbench(place.folder) as duck:
        found = duck.execute(query)
        while rows := found.fetchmany(AT_ONCE):
            for *row, reason, detail in rows:
                yield [*row, sentence(reason, detail)]
