"""Kano: which features delight, which are taken for granted: Kano et al. (1984), Berger et al. (1993)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Integers, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError


class KanoClass(StrEnum):
    """What a feature does. QUESTIONABLE: the two answers contradict each other."""

    ATTRACTIVE = "attractive"
    ONE_DIMENSIONAL = "one_dimensional"
    MUST_BE = "must_be"
    INDIFFERENT = "indifferent"
    REVERSE = "reverse"
    QUESTIONABLE = "questionable"


GOOD, MORE, MUST, SAME, BACK, ODD = KanoClass
# Rows: the feature is there; columns: it is missing. 1 like, 2 must be, 3 neutral, 4 can live with, 5 dislike.
TABLE = (
    (ODD, GOOD, GOOD, GOOD, MORE),
    (BACK, SAME, SAME, SAME, MUST),
    (BACK, SAME, SAME, SAME, MUST),
    (BACK, SAME, SAME, SAME, MUST),
    (BACK, BACK, BACK, BACK, ODD),
)
# Where two classes tie, the one that matters more for the product goes first.
ORDER = (MUST, MORE, GOOD, SAME, BACK, ODD)
CRITICAL = 1.65


@dataclass(frozen=True, slots=True)
class Kano:
    """A feature: how many people put it into each class, and the class most of them did.

    is_clear: the lead over the second class is more than chance (Fong 1996, one-sided 5 %). better: how much having it
    raises satisfaction, 0 to 1. worse: how much lacking it lowers it, 0 to -1; nan when nobody's answers count.
    """

    kind: KanoClass
    is_clear: bool
    counts: dict[str, int]
    better: float
    worse: float


def kano(functional: ArrayLike, dysfunctional: ArrayLike) -> Kano:
    """Classify a feature by each person's answers to "if it is there" and "if it is not".

    Answers 1 to 5: I like it, it must be so, neutral, I can live with it, I dislike it; a pair with a missing one (NaN)
    is left out. AnalysisError for other answers, NotEnoughDataError without a pair.
    """
    there, missing = (np.asarray(each, dtype=np.float64) for each in (functional, dysfunctional))
    if there.ndim != 1 or there.shape != missing.shape:
        raise AnalysisError("Each person answers both questions: two columns of one length.")
    both = ~(np.isnan(there) | np.isnan(missing))
    rows, columns = _answers(there[both], "functional"), _answers(missing[both], "dysfunctional")
    same_length(functional=rows, dysfunctional=columns)
    if not len(rows):
        raise NotEnoughDataError("Nobody has answered both questions.")
    tally = np.bincount(rows * 5 + columns, minlength=25)
    flat = [each for row in TABLE for each in row]
    counts = {kind: int(sum(tally[i] for i in range(25) if flat[i] is kind)) for kind in KanoClass}
    first, second = sorted(ORDER, key=lambda kind: -counts[kind])[:2]
    effective = counts[GOOD] + counts[MORE] + counts[MUST] + counts[SAME]
    return Kano(
        kind=first,
        is_clear=_leads(counts[first], counts[second], len(rows)),
        counts={str(kind): count for kind, count in counts.items()},
        better=(counts[GOOD] + counts[MORE]) / effective if effective else float("nan"),
        worse=-(counts[MORE] + counts[MUST]) / effective if effective else float("nan"),
    )


def _answers(values: ArrayLike, name: str) -> Integers:
    answers = column(values, name)
    if not np.isin(answers, (1, 2, 3, 4, 5)).all():
        raise AnalysisError(f"{name} answers are 1 to 5.")
    return answers.astype(np.int64) - 1


def _leads(first: int, second: int, people: int) -> bool:
    return first - second > CRITICAL * sqrt((first + second) * (2 * people - first - second) / (2 * people))
