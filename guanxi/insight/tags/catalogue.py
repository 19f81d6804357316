"""The catalogue of computed tags: data, one entry a tag. Adding a tag is adding an entry to one of the shelves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from django.utils.functional import Promise
from numpy.typing import NDArray

from guanxi.insight.scores.figures import Figures, Flags, Floats
from guanxi.insight.tags.figures import NAMES, RECORD, UNITS

Rule = Callable[[Figures], Flags]
Basis = Literal["purchases", "record"]


@dataclass(frozen=True)
class ComputedTag:
    """A word that a rule puts on customers at each refresh.

    definition: the rule as a sentence. shows: the customer's own figures that explain it, names of figures.py; the
    first is the one that the rule measures. basis: purchases, for who ever bought; or the record, for everybody.
    """

    key: str
    name: Promise
    definition: Promise
    shows: tuple[str, ...]
    rule: Rule
    basis: Basis = "purchases"

    @property
    def unit(self) -> str:
        """What the rule measures in, for people."""
        return str(UNITS[(NAMES | RECORD)[self.shows[0]].unit])


_shelf: dict[str, ComputedTag] = {}


def declare(*tags: ComputedTag) -> None:
    """Put tags on the shelf; called when the app starts."""
    _shelf.update((tag.key, tag) for tag in tags)


def all_tags() -> list[ComputedTag]:
    """Every tag, in the order of declaration."""
    return list(_shelf.values())


def tag(key: str) -> ComputedTag | None:
    """The tag of this key, or None when no longer declared."""
    return _shelf.get(key)


def figure_names(tag: ComputedTag) -> list[str]:
    """What the figures are called that the rule reads, in the reader's language."""
    names = NAMES | RECORD
    return [str(names[name].name) for name in tag.shows]


def at_least(name: str, value: float) -> Rule:
    """Customers whose figure is `value` or more."""
    return lambda figures: figures[name] >= value


def below(name: str, value: float) -> Rule:
    """Customers whose figure is known and below `value`."""
    return lambda figures: figures[name] < value


def top(name: str, share: float) -> Rule:
    """The `share` of the customers above nil with the highest figures."""

    def rule(figures: Figures) -> Flags:
        values: Floats = figures[name]
        some = values[values > 0]
        return values >= (np.quantile(some, 1.0 - share) if len(some) else np.inf)

    return rule


def all_of(*rules: Rule) -> Rule:
    """Customers to whom every rule applies."""
    return lambda figures: np.logical_and.reduce([rule(figures) for rule in rules])


def applied(figures: Figures, basis: Basis) -> NDArray[np.bool_]:
    """Which tags apply to which party: shape (parties, tags), tags in the order of `all_tags`.

    Tags on another basis than these figures apply to nobody.
    """
    nobody = np.zeros(len(figures), dtype=bool)
    return np.column_stack([each.rule(figures) if each.basis == basis else nobody for each in all_tags()])


@dataclass(frozen=True)
class Marked:
    """Which tags apply to whom: `parties` ascending, `marks` of shape (parties, tags)."""

    parties: NDArray[np.int64]
    marks: NDArray[np.bool_]

    def of(self, some: NDArray[np.int64]) -> NDArray[np.bool_]:
        """The rows of some of the parties."""
        return self.marks[np.searchsorted(self.parties, some)]


def marks_of(purchases: Figures, record: Figures) -> Marked:
    """The tags of everybody who bought or is on record; parties of both are in ascending order."""
    parties = np.union1d(purchases.parties, record.parties)
    marks = np.zeros((len(parties), len(all_tags())), dtype=bool)
    bases: tuple[tuple[Basis, Figures], ...] = (("purchases", purchases), ("record", record))
    for basis, figures in bases:
        marks[np.searchsorted(parties, figures.parties)] |= applied(figures, basis)
    return Marked(parties, marks)


def as_lists(marks: NDArray[np.bool_]) -> pa.ListArray:
    """For each party the keys of its tags."""
    keys = pa.array([each.key for each in all_tags()])
    _parties, tags = np.nonzero(marks)
    ends = np.concatenate([[0], np.cumsum(marks.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(ends, keys.take(pa.array(tags)))


def counts(marks: NDArray[np.bool_]) -> dict[str, int]:
    """How many parties have each tag."""
    return {each.key: int(number) for each, number in zip(all_tags(), marks.sum(axis=0), strict=True)}
