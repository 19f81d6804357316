"""Each party's statistics as of the day, and as of two cuts in the past with what came in the horizon after each."""

from datetime import date, timedelta
from typing import Any

import ibis.expr.types as ir
from ibis import _

from guanxi.insight.engines import Piece
from guanxi.insight.refresh.days import days_of_parties, money
from guanxi.insight.refresh.statistics import statistics
from guanxi.insight.refresh.work import Work

HORIZONS = (365, 180, 100, 28)  # days; the longest that a back-test can afford
KNOWN = ("party", "frequency", "recency", "T", "mean_value", "sales", "returns")
SPANS_PER_HORIZON = 3  # of history, so that two thirds are left to learn from


def reduce_to_parties(work: Work) -> dict[str, Any]:
    """Writes `statistics` and, with history enough for a back-test, `calibration` and `earlier`."""
    with work.piece() as piece:
        days, identities = piece.parquet(work.folder.days), piece.parquet(work.folder.identities)
        parties = piece.kept(days_of_parties(days, identities).filter(_.day <= work.day))
        known = statistics(parties, work.day, piece.kept)
        told: dict[str, Any] = {"parties": piece.write(known, work.folder.statistics)}
        horizon = _horizon(piece, parties, work.day)
        if horizon:
            cut = work.day - timedelta(horizon)
            piece.write(_calibration(parties, cut), work.folder.calibration)
            before = parties.filter(_.day <= cut)
            piece.write(_calibration(before, cut - timedelta(horizon)), work.folder.earlier)
            told |= {"horizon": horizon, "cut": cut.isoformat()}
        return told


def _horizon(piece: Piece, parties: ir.Table, day: date) -> int | None:
    first = piece.answer(parties.aggregate(first=_.day.min()))["first"][0].as_py()
    span = (day - first).days if first else 0
    return next((days for days in HORIZONS if span >= days * SPANS_PER_HORIZON), None)


def _calibration(parties: ir.Table, cut: date) -> ir.Table:
    """Statistics of who had bought by `cut`, and their purchase days and sales after it."""
    known = statistics(parties, cut).filter(_.days > 0).select(*KNOWN)
    later = (
        parties.filter(_.day > cut, _.sales > 0)
        .group_by("party")
        .aggregate(future_days=_.count(), future_sales=money(_.sales.sum()))
    )
    return (
        known.left_join(later, "party")
        .drop("party_right")
        .mutate(future_days=_.future_days.fill_null(0), future_sales=_.future_sales.fill_null(0.0))
        .order_by("party")
    )
