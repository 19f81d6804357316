"""Why two records may be one: what each field says, in levels a clerk can read and bits that add up."""

from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from guanxi.analytical.identity.levels import Level
from guanxi.analytical.identity.linker import linker_on, score
from guanxi.analytical.identity.model import Model
from guanxi.analytical.identity.steps import Comparison
from guanxi.analytical.identity.weighing import Weighed


@dataclass(frozen=True)
class Line:
    """What one field says of a pair: the level of agreement, both spellings, and bits for (or against) one identity."""

    field: str
    level: Level
    left: str
    right: str
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two records of one cluster that speak for each other by themselves."""

    left: int
    right: int
    weight: float  # bits, the prior included
    probability: float
    lines: tuple[Line, ...]


def explained(
    connection: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...], model: Model, chosen: Weighed
) -> tuple[Pair, ...]:
    if not len(chosen.left):
        return ()
    shown = pa.table({"join_key_l": chosen.left, "join_key_r": chosen.right, "match_key": ["0"] * len(chosen.left)})
    connection.register("shown_pairs", shown)
    connection.execute("CREATE TABLE shown AS SELECT * FROM shown_pairs")
    scored = score(connection, linker_on(connection, comparisons, model, is_detailed=True), "shown")
    said = ", ".join(_said(each, _columns(connection, scored)) for each in comparisons)
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_weight, match_probability, {said}"
        f" FROM ({_joined(scored, comparisons)}) ORDER BY match_weight DESC, unique_id_l, unique_id_r"
    )
    return tuple(_pair(row, comparisons) for row in rows.fetchall())


def _joined(scored: str, comparisons: tuple[Comparison, ...]) -> str:
    """The weights beside both records' columns, named as in the conditions."""
    columns = sorted({column for each in comparisons for column in each.columns})
    sides = ", ".join(f"one.{name} AS {name}_l, other.{name} AS {name}_r" for name in columns)
    return (
        f"SELECT {scored}.* EXCLUDE (match_key), {sides} FROM {scored}"
        f" JOIN records AS one ON one.unique_id = {scored}.unique_id_l"
        f" JOIN records AS other ON other.unique_id = {scored}.unique_id_r"
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}


def _said(comparison: Comparison, columns: set[str]) -> str:
    cases = " ".join(f"WHEN {step.condition} THEN '{step.level.value}'" for step in comparison.steps)
    missing, different = Level.MISSING.value, Level.DIFFERENT.value
    level = f"CASE WHEN {comparison.is_missing} THEN '{missing}' {cases} ELSE '{different}' END"
    weights = [name for name in (f"mw_{comparison.field}", f"mw_tf_adj_{comparison.field}") if name in columns]
    return f"{level}, {comparison.shown}_l, {comparison.shown}_r, {' + '.join(weights)}"


def _pair(row: tuple[Any, ...], comparisons: tuple[Comparison, ...]) -> Pair:
    lines = []
    for place, comparison in enumerate(comparisons):
        level, left, right, weight = row[4 + 4 * place : 8 + 4 * place]
        lines.append(Line(comparison.field, Level(level), left or "", right or "", round(float(weight or 0), 2)))
    return Pair(row[0], row[1], float(row[2]), float(row[3]), tuple(lines))
