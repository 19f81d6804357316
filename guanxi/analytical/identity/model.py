"""The model of Fellegi and Sunter as named numbers: what each level of agreement says for and against one identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.analytical.identity.levels import Level
from guanxi.analytical.identity.steps import Comparison

# Of pairs that are one, how many agree so well: where training starts, and stays where the data say nothing.
_OF_ONE = {
    Level.EXACT: 0.75,
    Level.SAME_PINYIN: 0.06,
    Level.OTHER_ORDER: 0.02,
    Level.SHORT_FORM: 0.05,
    Level.INITIAL: 0.02,
    Level.ONE_LETTER: 0.05,
    Level.SIMILAR: 0.03,
    Level.SAME_SOUND: 0.02,
    Level.PART: 0.03,
    Level.SAME_AREA: 0.05,
    Level.SAME_YEAR: 0.02,
    Level.DIFFERENT: 0.08,
}
DIFFERENT_PLACES = 0.3  # people move, and change their jobs and numbers
_MOVING = {"company", "phone", "email", "street", "house", "city", "region", "postcode", "occupation"}


@dataclass(frozen=True)
class Chances:
    """m: of pairs that are one, u: of pairs that are two, the share at this level. u is None where it was not met."""

    m: float
    u: float | None


@dataclass(frozen=True)
class Model:
    """`prior` is the chance that two records at random are one; `chances` go by field, the best level first."""

    prior: float
    chances: Mapping[str, tuple[Chances, ...]]

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers, fit for JSON."""
        listed = {field: [[each.m, each.u] for each in steps] for field, steps in self.chances.items()}
        return {"prior": self.prior, "chances": listed}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Model":
        chances = {field: tuple(Chances(m, u) for m, u in steps) for field, steps in kept["chances"].items()}
        return cls(kept["prior"], chances)

    def fits(self, comparisons: tuple[Comparison, ...]) -> bool:
        """Whether it says something of exactly these comparisons."""
        return {each.field: len(each.steps) + 1 for each in comparisons} == {
            field: len(steps) for field, steps in self.chances.items()
        }


def starting_shares(comparison: Comparison) -> list[float]:
    """m for every step and for different, summing to one."""
    levels = [step.level for step in comparison.steps]
    shares = [_OF_ONE[level] / levels.count(level) for level in levels]
    different = DIFFERENT_PLACES if comparison.field in _MOVING else _OF_ONE[Level.DIFFERENT]
    total = sum(shares) / (1 - different)
    return [*(share / total for share in shares), different]
