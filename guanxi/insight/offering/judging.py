"""Which method finds most of what customers bought in the last weeks, shown only what they had bought before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from ibis import _
from numpy.typing import NDArray

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.arrays import Integers
from guanxi.analytical.basket import (
    Accuracy,
    Among,
    Interactions,
    Part,
    Ranking,
    Recommender,
    accuracies,
    item_counts,
    known_and_target,
    recommend,
)
from guanxi.insight.engines import Piece
from guanxi.insight.offering.methods import (
    DISCOVERING,
    DISCOVERY,
    HALF_LIFE,
    PLAIN,
    QUESTIONS,
    RECENT,
    REPEAT,
    REPEATING,
    interactions,
)
from guanxi.insight.offering.purchases import sold_between
from guanxi.insight.offering.shelf import Shelf
from guanxi.insight.refresh.work import Work

HELD_OUT = (28, 91)  # days; the first in which enough customers bought, question by question
FEWEST = 30  # customers, to judge a method by
LISTED = 10
LEARN_FROM = 200_000  # customers at most
ON_SALE = 90  # days: what nobody has bought for longer is not offered
EVER = date(1900, 1, 1)


@dataclass(frozen=True)
class Judged:
    """How the methods of one question did, the baseline first; `parts` are their accuracies in what was asked."""

    question: str
    held_out: int
    sample: int  # customers whose purchases were known
    parts: Mapping[str, Part]

    @property
    def used(self) -> str | None:
        """The method that found most, the baseline when no other found more; None when there is nothing to find."""
        best = max(self.parts, key=lambda method: self.parts[method].recall)  # the first of equals
        return best if self.parts[best].recall > 0 else None


@dataclass(frozen=True)
class Trial:
    """What was known on a day of a sample of customers, what they bought after it, and what was on sale."""

    known: Interactions
    recent: Interactions
    target: Interactions
    on_sale: NDArray[np.bool_]


def judge(work: Work, shelf: Shelf) -> list[Judged]:
    """Each question by the last weeks that can answer it; without it when too few customers bought even in them."""
    found: dict[str, Judged] = {}
    for held_out in HELD_OUT:
        if set(found) < set(QUESTIONS) and (trial := _trial(work, shelf, held_out)):
            found = {each.question: each for each in _judged(trial, held_out)} | found
    return list(found.values())


def on_sale(piece: Piece, shelf: Shelf, day: date, items: Integers) -> NDArray[np.bool_]:
    """One truth value for each article: whether anybody bought it lately."""
    lately = sold_between(piece, shelf, day - timedelta(days=ON_SALE), day).select("item").distinct()
    return np.isin(items, piece.answer(lately)["item"].to_numpy())


def sample_step(customers: int) -> int:
    """Every how manieth customer the models learn from."""
    return -(-customers // LEARN_FROM)


def _trial(work: Work, shelf: Shelf, held_out: int) -> Trial | None:
    cut = work.day - timedelta(days=held_out)
    with work.piece() as piece:
        everybody = sold_between(piece, shelf, EVER, work.day)
        step = sample_step(piece.count(everybody.select("party").distinct()))
        some = everybody.filter(_.party % step == 0)
        before, after = piece.answer(item_counts(some, cut)), piece.answer(item_counts(some, work.day, after=cut))
        if not len(before) or not len(after):
            return None
        fading = piece.answer(item_counts(some, cut, half_life=HALF_LIFE))
        try:
            known, target = known_and_target(before, after)
        except NotEnoughDataError:
            return None
        recent = interactions(fading, known.parties, known.items)
        return Trial(known, recent, target, on_sale(piece, shelf, cut, known.items))


def _judged(trial: Trial, held_out: int) -> list[Judged]:
    lists = {
        REPEAT: {
            name: _list(fit(trial.known), trial, Among.BOUGHT, trial.recent if name == RECENT else trial.known)
            for name, fit in REPEATING.items()
        },
        DISCOVERY: {name: _list(fit(trial.known), trial, Among.NEW, trial.known) for name, fit in DISCOVERING.items()},
    }
    try:
        found = {
            question: accuracies(ranked, trial.known, trial.target, k=LISTED) for question, ranked in lists.items()
        }
    except NotEnoughDataError:
        return []
    judged = [_of_question(question, results, held_out, trial) for question, results in found.items()]
    return [each for each in judged if each.parts[PLAIN].customers >= FEWEST]


def _list(model: Recommender | None, trial: Trial, among: Among, known: Interactions) -> Ranking:
    return recommend(model, known, k=LISTED, among=among, available=trial.on_sale)


def _of_question(question: str, results: Sequence[Accuracy], held_out: int, trial: Trial) -> Judged:
    parts = {each.method: each.repeat if question == REPEAT else each.discovery for each in results}
    return Judged(question, held_out, len(trial.known.parties), parts)
