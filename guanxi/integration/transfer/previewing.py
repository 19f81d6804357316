"""What an import would do, found out without doing it: on all rows of a small file, on the first of a large one."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

import duckdb
import pyarrow as pa

from guanxi.customer.models import SourceRecord
from guanxi.foundation import history
from guanxi.integration.transfer.duck import literal, workbench, write_whole
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.lines.intake import DATASET
from guanxi.integration.transfer.lines.preparing import prepared_lines
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.outcomes import Counts
from guanxi.integration.transfer.parties.intake import rows_of
from guanxi.integration.transfer.parties.preparing import prepared_customers
from guanxi.integration.transfer.place import Place, place_of
from guanxi.integration.transfer.plan import Plan, plan_of
from guanxi.integration.transfer.reasons import Result

MOST_ROWS = 100_000
AT_ONCE = 5_000


@dataclass(frozen=True)
class Preview:
    """Counts as an import keeps them, over `rows` rows; `is_sample` when the file has more."""

    counts: Counts
    rows: int
    is_sample: bool

    @property
    def takes_in(self) -> bool:
        """Whether any row would come in or is there already; of the rest of a large file nothing is known."""
        refused = sum(self.counts.get(outcome, 0) for outcome in (Result.REJECTED, Result.EMPTY))
        return self.is_sample or refused < self.rows


def preview(import_: Import) -> Preview:
    """The counts that this import would have as it is mapped now."""
    plan, place = plan_of(import_), place_of(import_.pk)
    rows = min(import_.rows, MOST_ROWS)
    counts = _of_lines(place, plan, rows) if import_.kind == Kind.TRANSACTIONS else _of_customers(place, plan, rows)
    return Preview(counts, rows, import_.rows > MOST_ROWS)


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


def _of_customers(place: Place, plan: Plan, rows: int) -> Counts:
    """New, changed and unchanged by comparing the rows with what the source said last."""
    some = f"(SELECT * FROM read_parquet({literal(str(place.rows))}) LIMIT {rows})"
    tried = place.folder / "tried.parquet"
    with workbench(place.folder) as duck:
        write_whole(duck, prepared_customers(some, plan), tried)
    counts: Counter[str] = Counter()
    incoming = rows_of(plan, tried, place.rows)
    while part := list(islice(incoming, AT_ONCE)):
        records = SourceRecord.objects.filter(
            source__key=plan.source, external_id__in=[each.external_id for _, each in part if each]
        )
        said = dict(records.values_list("external_id", "payload"))
        for row, each in part:
            if each is None:
                counts.update(_refused(row["reason"]))
            elif each.external_id not in said:
                counts["created"] += 1
            else:
                counts["unchanged" if said[each.external_id] == each.payload else "updated"] += 1
    tried.unlink()
    return dict(counts)


def _refused(reason: str) -> list[str]:
    outcome = {"blank": "empty", "superseded": "left_out"}.get(reason, "rejected")
    return [outcome, f"reason:{reason}"] if outcome == "rejected" else [outcome]
