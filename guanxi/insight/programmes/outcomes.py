"""What the customers of a programme bought around their exposure: reduced by DuckDB to a few moments per arm.

Two tables: `units` (party, arm, exposed_at) and `bought` (party, day, amount), where day counts whole days from the
exposure: 0 and up after it, negative before. A look at day d reads the days 0 … d−1 of everybody.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from guanxi.analytical.experiments import Moments
from guanxi.foundation.duck import literal

BEFORE_DAYS = 180  # of revenue before the exposure, by which the outcome is adjusted (CUPED)
CAPPED_SHARE = 0.99  # of all customers stay below the cap, whatever their arm

BOUGHT = """
CREATE TEMP TABLE bought AS
SELECT u.party, CAST(floor((epoch_us(l."at") - epoch_us(u.exposed_at)) / 86400e6) AS INTEGER) AS day,
       sum(l.amount) AS amount
FROM {lines} l JOIN who w USING (source, external_id) JOIN units u USING (party)
WHERE l."at" >= u.exposed_at - to_days({before}) AND l."at" < least(u.exposed_at + to_days({after}), {until})
GROUP BY ALL
"""
PER_UNIT = """
SELECT u.arm, CAST(coalesce({outcome}, 0) AS DOUBLE) AS y,
       coalesce(sum(b.amount) FILTER (WHERE b.day < 0), 0) AS x,
       coalesce(sum(b.amount) FILTER (WHERE b.day >= 0 AND b.day < {day}), 0) AS revenue
FROM units u LEFT JOIN bought b USING (party) GROUP BY u.party, u.arm
"""
OUTCOMES = {
    "revenue": "sum(b.amount) FILTER (WHERE b.day >= 0 AND b.day < {day})",
    "buyers": "max(CASE WHEN b.amount > 0 THEN 1 ELSE 0 END) FILTER (WHERE b.day >= 0 AND b.day < {day})",
}
MOMENTS = """
WITH unit AS ({per_unit}),
cap AS (SELECT quantile_cont(abs(y), {share}) AS y, quantile_cont(abs(x), {share}) AS x FROM unit),
capped AS (
    SELECT arm, least(greatest(unit.y, -cap.y), cap.y) AS y, least(greatest(unit.x, -cap.x), cap.x) AS x,
           revenue, abs(unit.y) > cap.y AS cut, cap.y AS top FROM unit, cap
)
SELECT arm, count(*), avg(y), var_pop(y), avg(x), var_pop(x), coalesce(covar_pop(y, x), 0),
       count(*) FILTER (WHERE revenue > 0), sum(revenue), count(*) FILTER (WHERE cut), any_value(top)
FROM capped GROUP BY arm
"""


@dataclass(frozen=True)
class ArmOutcome:
    """One arm at one look. moments: of the capped outcome. revenue: what the arm really bought. cut: customers whose
    outcome was cut off at the cap."""

    moments: Moments
    buyers: int
    revenue: float
    cut: int
    cap: float


def collect(database: duckdb.DuckDBPyConnection, lines: str, *, after: int, until: str) -> None:
    """Make `bought` from the view `lines`, the units and `who` (source, external_id, party). `until`: an SQL moment."""
    database.execute(BOUGHT.format(lines=lines, before=BEFORE_DAYS, after=after, until=until))


def look(database: duckdb.DuckDBPyConnection, *, day: int, outcome: str) -> dict[str, ArmOutcome]:
    """The arms after `day` days. The cap is that of both arms together, so it cannot favour one."""
    per_unit = PER_UNIT.format(outcome=OUTCOMES[outcome].format(day=day), day=day)
    share = CAPPED_SHARE if outcome == "revenue" else 1.0
    rows = database.execute(MOMENTS.format(per_unit=per_unit, share=share)).fetchall()
    return {
        arm: ArmOutcome(Moments(n, y, max(vy, 0.0), x, max(vx, 0.0), cov), buyers, revenue, cut, top)
        for arm, n, y, vy, x, vx, cov, buyers, revenue, cut, top in rows
    }


def load_units(database: duckdb.DuckDBPyConnection, units: Path, who: Path) -> None:
    """Put the two Parquet files that PostgreSQL gave into tables."""
    database.execute(f"CREATE TEMP TABLE units AS FROM {literal(units)}")
    database.execute(f"CREATE TEMP TABLE who AS FROM {literal(who)}")
