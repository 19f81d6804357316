"""The outcome of every row, in files beside the import: what became of it, why, and whom it is about."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("notes", pa.list_(pa.string())),
        ("external_id", pa.string()),
        ("party", pa.int64()),
    ]
)

ERASED = "erased"  # the note of a row about somebody who was erased: what it says is forgotten, see `forgetting`

Counts = dict[str, int]


def write_outcomes(outcomes: pa.Table, path: Path) -> None:
    """Write the outcomes of one part; the file appears whole or not at all."""
    draft = path.with_suffix(".draft")
    pq.write_table(outcomes.cast(SCHEMA), draft)
    draft.replace(path)


def counted(outcomes: pa.Table) -> Counts:
    """Rows of each outcome, each reason for a rejection (`reason:…`) and each note (`note:…`)."""
    rejected = outcomes.filter(pc.equal(outcomes["outcome"], "rejected"))
    return {
        **_frequencies(outcomes["outcome"], ""),
        **_frequencies(rejected["reason"], "reason:"),
        **_frequencies(pc.list_flatten(outcomes["notes"]), "note:"),
    }


def _frequencies(column: pa.ChunkedArray, prefix: str) -> Counts:
    return {f"{prefix}{each['values']}": each["counts"] for each in pc.value_counts(column).to_pylist()}


def added(one: Counts, other: Counts) -> Counts:
    """Two counts in one."""
    return dict(Counter(one) + Counter(other))
