"""What an import would do, found out without doing it: on all rows of a small file, on the first of a large one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from guanxi.customer.models import SourceRecord
from guanxi.foundation import history
from guanxi.foundation.accounts.models import User
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.lines.intake import DATASET
from guanxi.integration.transfer.lines.preparing import prepared_lines
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.outcomes import Counts, counted
from guanxi.integration.transfer.place import Place, place_of
from guanxi.integration.transfer.plan import Plan, plan_of
from guanxi.integration.transfer.reasons import Result
from guanxi.integration.transfer.trial import Trial, tried

MOST_ROWS = 100_000
MOST_CUSTOMERS = 5_000  # they are taken in and let go again, which takes a second


@dataclass(frozen=True)
class Preview:
    """Counts as an import keeps them, over `rows` rows; `is_sample` when the file has more. `trial` has examples."""

    counts: Counts
    rows: int
    is_sample: bool
    trial: Trial | None = None

    @property
    def takes_in(self) -> bool:
        """Whether any row would come in or is there already; of the rest of a large file nothing is known."""
        refused = sum(self.counts.get(outcome, 0) for outcome in (Result.REJECTED, Result.EMPTY))
        return self.is_sample or refused < self.rows


def preview(import_: Import, *, at: datetime, by: User | None) -> Preview:
    """The counts that this import would have as it is mapped now; of customers, with examples."""
    plan, place = plan_of(import_), place_of(import_.pk)
    most = MOST_CUSTOMERS if import_.kind == Kind.CUSTOMERS else MOST_ROWS
    rows, is_sample = min(import_.rows, most), import_.rows > most
    if import_.kind == Kind.TRANSACTIONS:
        return Preview(_of_lines(place, plan, rows), rows, is_sample)
    trial = tried(plan, place, rows, at=at, by=by)
    return Preview(counted(trial.outcomes), rows, is_sample, trial)


def _of_lines(place: Place, plan: Plan, rows: int) -> Counts:
    some = f"(SELECT * FROM read_parquet({literal(str(place.rows))}) LIMIT {rows})"
    with workbench(place.folder) as duck:
        duck.execute(f"CREATE TEMP TABLE tried AS {prepared_lines(duck, some, plan)}")
        counts = _judged(duck)
        notes = "SELECT 'note:' || note, count(*) FROM (SELECT unnest(notes) AS note FROM tried) GROUP BY note"
        counts.update(dict(duck.execute(notes).fetchall()))
        keys = duck.execute('SELECT source, line_key, "at" FROM tried WHERE reason IS NULL').to_arrow_table()
        named = "SELECT DISTINCT external_id FROM tried WHERE reason IS NULL AND external_id IS NOT NULL"
        customers = [number for (number,) in duck.execute(named).fetchall()]
    known = _known_lines(keys)
    counts.update({"known": known, "added": keys.num_rows - known})
    counts["customers_made"] = len(customers) - _told(plan.source, customers)
    return {key: number for key, number in counts.items() if number}


def _judged(duck: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Rows that will not come in, by outcome and reason."""
    counts: Counter[str] = Counter()
    outcomes = {"blank": "empty", "repeat": "left_out"}
    for reason, rows in duck.execute("SELECT reason, count(*) FROM tried WHERE reason NOTNULL GROUP BY 1").fetchall():
        counts[outcomes.get(reason, "rejected")] += rows
        if reason not in outcomes:
            counts[f"reason:{reason}"] = rows
    return counts


def _known_lines(keys: pa.Table) -> int:
    with history.store().read() as reading:
        reading.table(DATASET)
        reading.duck.register("offered", keys)
        query = (
            f'SELECT count(*) FROM offered SEMI JOIN (SELECT source, line_key FROM {DATASET} WHERE "at" BETWEEN'
            ' (SELECT min("at") FROM offered) AND (SELECT max("at") FROM offered)) USING (source, line_key)'
        )
        ((known,),) = reading.duck.execute(query).fetchall()
    return int(known)


def _told(source: str, numbers: list[str]) -> int:
    return SourceRecord.objects.filter(source__key=source, external_id__in=numbers).count()
