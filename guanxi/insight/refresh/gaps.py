"""The days between a customer's purchases of an article, summed. Read from the order lines.

The sums are kept with the last day instead of the time since, so that they hold whatever day it is; a refresh that
continues reduces the lines of touched customers alone.
"""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.foundation.history import store
from guanxi.insight.engines import facts
from guanxi.insight.refresh.reading import LINES, WHO, before, of_goods, of_parties, until
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.cycle import OWN_GAPS

PLACES = 9  # of a sum of logarithms: the same in whatever order it was added, so that equals rank as equals
KEY = ["party", "article"]


def sum_gaps(work: Work) -> dict[str, Any]:
    """Writes `gaps`: one row a party and article that it has bought often enough to have a cycle."""
    with store().read() as reading, work.piece() as piece:
        lines = facts(piece, reading, LINES)
        sold, known, earlier = (
            _sold(lines.filter(until(lines, work.day))),
            piece.parquet(work.folder.identities),
            before(work),
        )
        if earlier is None or not work.folder.touched.exists() or not earlier.folder.gaps.exists():
            return {"cycles": piece.write(gaps(sold.join(known, WHO)).order_by(KEY), work.folder.gaps), "read": None}
        again = piece.parquet(work.folder.touched)
        kept = piece.parquet(earlier.folder.gaps).anti_join(again, "party")
        fresh = gaps(of_parties(sold, known, again)).select(kept.columns)
        cycles = piece.write(ibis.union(kept, fresh).order_by(KEY), work.folder.gaps)
        return {"cycles": cycles, "read": piece.count(again)}


def gaps(bought: ir.Table) -> ir.Table:
    """One row a party and article: the sums of `lifecycle.PastGaps`, and `last_on`, the last day it was bought.

    `bought`: one row a line with party, article and day; several of a day count once.
    """
    in_order = ibis.window(group_by=KEY, order_by="day")
    beside = bought.select(*KEY, "day").mutate(before=_.day.lag().over(in_order))
    each = beside.mutate(gap=beside["day"].delta(beside["before"], unit="day").nullif(0).cast("float64"))
    sums = each.group_by(KEY).aggregate(
        count=_.gap.count(),
        total=_.gap.sum(),
        log_total=_.gap.ln().sum().round(PLACES),
        log_squares=(_.gap.ln() * _.gap.ln()).sum().round(PLACES),
        last=_.gap.argmax(_.day, where=_.gap.notnull()),
        last_on=_.day.max(),
    )
    return sums.filter(sums["count"] >= OWN_GAPS)


def _sold(lines: ir.Table) -> ir.Table:
    return of_goods(lines).select(*WHO, article=_.sku, day=_.at.date())
