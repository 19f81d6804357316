"""The company month by month: everything that was sold, lines without a customer included."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.foundation.history import store
from guanxi.insight.engines import facts
from guanxi.insight.refresh.reading import LINES, WHO
from guanxi.insight.refresh.work import Work

KEPT = 36


def sum_months(work: Work) -> dict[str, Any]:
    """Answers the last three years: per month the net sales, of these until the same day of the month as today, and of
    these without a customer on record. Only the lines of nobody are read anew; the others stand in the days."""
    with store().read() as reading, work.piece() as piece:
        known, days = piece.parquet(work.folder.identities), piece.parquet(work.folder.days)
        nobodys = facts(piece, reading, LINES).anti_join(known, WHO)
        sold = ibis.union(
            days.select("day", net=_.sales - _.returns, anonymous=ibis.literal(0.0)),
            nobodys.select(day=_.at.date(), net=_.amount, anonymous=_.amount),
        )
        months = piece.answer(_months(sold.filter(_.day <= work.day), work.day.day)).to_pylist()
    return {"months": [month | {"month": month["month"].strftime("%Y-%m")} for month in months[-KEPT:]]}


def _months(sold: ir.Table, day: int) -> ir.Table:
    return (
        sold.group_by(month=_.day.truncate("M"))
        .aggregate(
            net=_.net.sum().round(2),
            to_date=_.net.sum(where=_.day.day() <= day).fill_null(0.0).round(2),
            anonymous=_.anonymous.sum().round(2),
        )
        .order_by("month")
    )
