"""Steps of agreement, and the conditions they are made of: DuckDB SQL over both records of a pair (`_l`, `_r`)."""

from dataclasses import dataclass

from guanxi.analytical.identity.levels import Level


@dataclass(frozen=True)
class Step:
    """One level of agreement. `frequency` names the column whose rarer values count for more."""

    level: Level
    condition: str
    frequency: str = ""


@dataclass(frozen=True)
class Comparison:
    """A field as a clerk knows it, the columns it reads (the first is needed), and its steps from best to worst."""

    field: str
    columns: tuple[str, ...]
    is_missing: str
    steps: tuple[Step, ...]
    shown: str  # the column whose two values stand in the explanation


def same(column: str) -> str:
    return f"{column}_l = {column}_r"


def either_missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def one_letter(column: str, least: int = 4) -> str:
    """Insertion, deletion, substitution or swap of one sign in words that are long enough to tell."""
    both = f"least(length({column}_l), length({column}_r)) >= {least}"
    return f"{both} AND damerau_levenshtein({column}_l, {column}_r) <= 1"


def similar(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def overlap(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


def crossed(one: str, other: str) -> str:
    return f"list_has_any({one}_l, {other}_r) OR list_has_any({other}_l, {one}_r)"


def within(column: str, words: str) -> str:
    return f"list_contains({words}_r, {column}_l) OR list_contains({words}_l, {column}_r)"


def contained(column: str) -> str:
    both = f"least(length({column}_l), length({column}_r)) >= 2"
    return f"{both} AND (contains({column}_l, {column}_r) OR contains({column}_r, {column}_l))"
