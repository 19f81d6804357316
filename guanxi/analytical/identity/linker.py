"""Splink, set up with our comparisons and a model's chances."""

import logging

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel
from splink.comparison_library import CustomComparison
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from guanxi.analytical.identity.model import Chances, Model
from guanxi.analytical.identity.steps import Comparison, Step

RAREST = 1e-6  # no value counts for more than a chance of one in a million

logging.getLogger("splink").setLevel(logging.ERROR)


def linker_on(
    connection: duckdb.DuckDBPyConnection,
    comparisons: tuple[Comparison, ...],
    model: Model,
    *,
    is_detailed: bool = False,
) -> Linker:
    """Splink over the table `records` with a model's chances; detailed keeps the weight of every comparison."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(each, model) for each in comparisons],
        blocking_rules_to_generate_predictions=[block_on("unique_id")],  # never used: pairs are registered
        probability_two_random_records_match=model.prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=is_detailed,
        em_convergence=0.001,
    )
    return Linker(DuckDBAPI(connection=connection).register("records"), settings, log_level=None)


def _comparison(comparison: Comparison, model: Model) -> CustomComparison:
    *chances, different = model.chances[comparison.field]
    levels = [
        CustomLevel(comparison.is_missing).configure(is_null_level=True),
        *(
            _level(step, chance, is_first=step is comparison.steps[0])
            for step, chance in zip(comparison.steps, chances, strict=True)
        ),
        ElseLevel().configure(m_probability=different.m, u_probability=different.u),
    ]
    return CustomComparison(output_column_name=comparison.field, comparison_levels=[*levels])


def _level(step: Step, chance: Chances, *, is_first: bool) -> ComparisonLevelCreator:
    level = CustomLevel(step.condition).configure(m_probability=chance.m, u_probability=chance.u)
    if not step.frequency:
        return level
    return level.configure(
        tf_adjustment_column=step.frequency,
        tf_adjustment_weight=1.0,
        tf_minimum_u_value=RAREST,
        disable_tf_exact_match_detection=not is_first,
    )


def score(connection: duckdb.DuckDBPyConnection, linker: Linker, pairs: str) -> str:
    """Weigh the pairs of a table (join_key_l, join_key_r, match_key); answers the name of the table of weights."""
    linker.table_management.register_blocked_pairs_for_predict(DuckDBAPI(connection=connection).register(pairs))
    return str(linker.inference.predict(warning_mode="never").physical_name)
