"""The stage of each relationship, by rules that can be said in a sentence, and the day it began."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanxi.customer.models import Reading
from guanxi.insight.scores.cycle import Rhythm
from guanxi.insight.scores.figures import Days, Figures

Stage = Reading.Stage
SETTLED = 4  # purchase days
WELCOME = 180  # days for which one who came back counts as won back


@dataclass(frozen=True)
class Stages:
    """Names of `Reading.Stage` (empty for who never bought) and the day on which each began (NaT likewise)."""

    stage: NDArray[Any]
    since: Days


def stages(figures: Figures, rhythm: Rhythm) -> Stages:
    """Exploration: bought once. Formation: two or three purchase days. Stability: four or more.

    Decline: silent for longer than nine in ten of such customers' gaps. Lost: longer than ninety-nine in a hundred.
    Won back: came back within the last 180 days after a silence that long, and buys again.
    """
    days, silent = figures["days"], figures["since"]
    today = np.datetime64(figures.as_of, "D")
    first, last, returned = figures.days("first"), figures.days("last"), figures.days("returned")
    came_back = (figures["gap_longest"] > rhythm.gone) & ((today - returned).astype(float) <= WELCOME)
    rules = [
        (days < 1, "", np.full(len(figures), np.datetime64("NaT"), dtype="datetime64[D]")),
        (silent > rhythm.gone, Stage.LOST, last + _whole(rhythm.gone)),
        (silent > rhythm.late, Stage.DECLINE, last + _whole(rhythm.late)),
        (came_back, Stage.WON_BACK, returned),
        (days >= SETTLED, Stage.STABILITY, figures.days("fourth")),
        (days > 1, Stage.FORMATION, figures.days("second")),
        (days == 1, Stage.EXPLORATION, first),
    ]
    holds = [rule for rule, _name, _since in rules]
    stage = np.select(holds, [np.full(len(figures), str(name), dtype="U12") for _r, name, _s in rules], default="")
    since = np.select(holds, [since.astype("datetime64[D]").astype("int64") for _r, _n, since in rules])
    return Stages(stage, since.astype("datetime64[D]"))


def _whole(days: NDArray[np.float64]) -> NDArray[Any]:
    return np.ceil(np.minimum(days, 36_500)).astype("timedelta64[D]")
