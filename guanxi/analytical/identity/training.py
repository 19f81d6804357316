"""Learning without labels: u from random pairs, m by expectation maximisation, both Splink's."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

import duckdb
from splink import Linker, block_on
from splink.internals.exceptions import EMTrainingException

from guanxi.analytical.identity.linker import linker_on
from guanxi.analytical.identity.model import Chances, Model, starting_shares
from guanxi.analytical.identity.steps import Comparison

RANDOM_PAIRS = 300_000
PAIRS_A_SESSION = 2_000_000
LEAST = 1e-4  # of pairs that are one some are at any level; no single field forbids
FEWEST_PAIRS = 100  # agreeing in a session's columns; fewer teach nothing
# Pairs that agree in these columns are one often enough to learn from; a session teaches the other comparisons.
SESSIONS = (
    ("phone",),
    ("email",),
    ("code",),
    ("family", "given"),
    ("born", "city"),
    ("born", "postcode"),
    ("formal", "postcode"),
    ("family", "company"),
    ("street", "postcode"),
    ("company_core", "city"),
)


def train(
    connection: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...], columns: Collection[str], seed: int
) -> Model:
    """Learn m and u from the table `records` without labels. The prior is a first guess: one duplicate a record."""
    count = _count(connection, "SELECT count(*) FROM records")
    start = Model(1 / max(count, 2), {each.field: _starting(each) for each in comparisons})
    linker = linker_on(connection, comparisons, start)
    threads = _count(connection, "SELECT current_setting('threads')")
    connection.execute("SET threads = 1")  # sums of shares in another order differ in their last digits
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )
    for session in SESSIONS:
        if set(session) <= set(columns) and _agreeing(connection, session) >= FEWEST_PAIRS:
            _learn(linker, session)
    connection.execute(f"SET threads = {threads}")
    return _learnt(linker, comparisons, start.prior)


def _starting(comparison: Comparison) -> tuple[Chances, ...]:
    return tuple(Chances(share, None) for share in starting_shares(comparison))


def _learn(linker: Linker, session: tuple[str, ...]) -> None:
    before = deepcopy(linker._settings_obj.core_model_settings)  # a session that fails leaves Splink half changed
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*session), estimate_without_term_frequencies=True, max_pairs=PAIRS_A_SESSION
        )
    except (EMTrainingException, ValueError):
        # All pairs say the same, or a share has sunk below what a float holds: this session teaches nothing.
        linker._settings_obj.core_model_settings = before


def _learnt(linker: Linker, comparisons: tuple[Comparison, ...], prior: float) -> Model:
    kept = {each["output_column_name"]: each for each in linker.misc.save_model_to_json()["comparisons"]}
    chances = {}
    for comparison in comparisons:
        levels = [each for each in kept[comparison.field]["comparison_levels"] if not each.get("is_null_level")]
        chances[comparison.field] = tuple(map(_chances, levels, starting_shares(comparison)))
    return Model(prior, chances)


def _chances(level: Mapping[str, Any], otherwise: float) -> Chances:
    """What was learnt of a level; Splink writes a text, or nothing, where it never met one."""
    m, u = level.get("m_probability"), level.get("u_probability")
    return Chances(max(m, LEAST) if isinstance(m, float) else otherwise, u if isinstance(u, float) else None)


def _agreeing(connection: duckdb.DuckDBPyConnection, session: tuple[str, ...]) -> int:
    named = ", ".join(session)
    present = " AND ".join(f"{name} IS NOT NULL" for name in session)
    groups = f"SELECT count(*) AS many FROM records WHERE {present} GROUP BY {named}"
    return _count(connection, f"SELECT coalesce(sum(many * (many - 1) // 2), 0) FROM ({groups})")


def _count(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    found = connection.execute(question).fetchone()
    return int(found[0]) if found else 0
