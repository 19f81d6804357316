"""Relationship strength: behaviour and time, 0 to 100. Emotion needs asking, and stays unknown until somebody asks."""

import numpy as np
from scipy.stats import rankdata

from guanxi.insight.scores.cycle import Rhythm
from guanxi.insight.scores.figures import Figures, Floats

MONTHS = 12


def behaviour(figures: Figures, rhythm: Rhythm) -> Floats:
    """Mean of four parts: purchase days and revenue of the last year and width of the basket, each as the share of
    customers who are no higher, and keeping to the cycle (1 until it is due, 0 when gone)."""
    width = np.divide(figures["lines"], figures["days"], out=np.zeros(len(figures)), where=figures["days"] > 0)
    revenue = figures.net("_year")
    parts = [_share(figures["days_year"]), _share(revenue), _share(width), keeping(figures, rhythm)]
    return np.where(figures["days"] > 0, 100.0 * np.mean(parts, axis=0), np.nan)


def time(figures: Figures) -> Floats:
    """Mean of two parts: tenure as the share of customers who are no longer with us, and the share of the months since
    the first purchase (at most the last twelve) in which they bought."""
    known = np.clip(np.ceil(figures["T"] / 30.4), 1, MONTHS)
    active = (figures.months > 0).sum(axis=1)
    continuity = np.minimum(active / known, 1.0)
    return np.where(figures["days"] > 0, 100.0 * (_share(figures["T"]) + continuity) / 2.0, np.nan)


def keeping(figures: Figures, rhythm: Rhythm) -> Floats:
    """1 while the next purchase is not overdue, falling to 0 at the silence that means gone."""
    over = np.nan_to_num(figures["since"], nan=np.inf) - rhythm.late
    return np.clip(1.0 - over / np.maximum(rhythm.gone - rhythm.late, 1.0), 0.0, 1.0)


def _share(values: Floats) -> Floats:
    """Of those above nil, the share who are no higher; nil for nil."""
    some = values > 0
    share = np.zeros(len(values))
    if some.any():
        share[some] = rankdata(values[some], method="max") / some.sum()
    return share
