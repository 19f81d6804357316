"""The outcome of every row, in files beside the import: what became of it, why, and whom it is about."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
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

Counts = dict[str, int]


def write_outcomes(outcomes: pa.Table, path: Path) -> None:
    """Write the outcomes of one part; the file appears whole or not at all."""
    draft = path.with_suffix(".draft")
    pq.write_table(outcomes.cast(SCHEMA), draft)
    draft.replace(path)


def counted(outcomes: pa.Table) -> Counts:
    """Rows of each outcome, each reason (`reason:…`) and each note (`note:…`)."""
    counts: Counter[str] = Counter(outcomes["outcome"].to_pylist())
    rejected = zip(outcomes["outcome"].to_pylist(), outcomes["reason"].to_pylist(), strict=True)
    counts.update(f"reason:{reason}" for outcome, reason in rejected if reason and outcome == "rejected")
    counts.update(f"note:{note}" for notes in outcomes["notes"].to_pylist() for note in notes or ())
    return dict(counts)


def added(one: Counts, other: Counts) -> Counts:
    """Two counts in one."""
    return dict(Counter(one) + Counter(other))
