"""What customers buy: how many articles, how much of one, how cheaply, how much at once. Read from the order lines.

A refresh that continues reduces the lines of touched customers alone: those with new facts or other identities, and
those who bought an article whose usual price has moved. Usual prices are those of the week before, so most days none
moves.
"""

from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.foundation.history import store
from guanxi.insight.engines import Piece, facts
from guanxi.insight.refresh.days import money
from guanxi.insight.refresh.folder import Folder
from guanxi.insight.refresh.reading import LINES, WHO, before, of_goods, of_parties, until
from guanxi.insight.refresh.work import Work

CHEAP = 0.9  # of the usual price: a tenth below it and more
MUCH = 5.0  # times the usual quantity


def read_articles(work: Work) -> dict[str, Any]:
    """Writes `prices`: one row an article; and `articles`: one row a party that bought numbered articles."""
    with store().read() as reading, work.piece() as piece:
        lines, known = facts(piece, reading, LINES), piece.parquet(work.folder.identities)
        asked = sold_articles(lines.filter(until(lines, _sunday(work.day))))
        piece.write(usual(asked, piece.kept(values_seen(asked))), work.folder.prices)
        prices, sold = piece.parquet(work.folder.prices), sold_articles(lines.filter(until(lines, work.day)))
        earlier = before(work)
        if earlier is None or not work.folder.touched.exists() or not earlier.folder.articles.exists():
            return {"parties": piece.write(articles(sold.join(known, WHO), prices), work.folder.articles), "read": None}
        again = piece.kept(_again(piece, work, earlier.folder, sold.join(known, WHO)))
        kept = piece.parquet(earlier.folder.articles).anti_join(again, "party")
        fresh = articles(of_parties(sold, known, again), prices)
        told = {"read": piece.count(again)}
        return told | {"parties": piece.write(ibis.union(kept, fresh).order_by("party"), work.folder.articles)}


def sold_articles(lines: ir.Table) -> ir.Table:
    """What was sold under an article's number: one row a line, with the price of one."""
    return of_goods(lines).select(*WHO, "sku", "amount", "quantity", price=_.amount / _.quantity)


def values_seen(sold: ir.Table) -> ir.Table:
    """How often each article was sold at each price and quantity, which are few where the lines are many."""
    return sold.group_by("sku", "price", "quantity").aggregate(times=_.count())


def usual(sold: ir.Table, seen: ir.Table) -> ir.Table:
    """One row an article: its median price and quantity as `values_seen` has them, and whether more than one customer
    buys it."""
    buyers = sold.group_by("sku").aggregate(
        is_shared=(_.external_id.min() < _.external_id.max()) | (_.source.min() < _.source.max())
    )
    return buyers.join(_median(seen, "price"), "sku").join(_median(seen, "quantity"), "sku").order_by("sku")


def articles(sold: ir.Table, prices: ir.Table) -> ir.Table:
    """One row a party: articles, and of its sold lines with an article the shares that follow.

    top_share: of the sales, what the best article makes up. cheap_share: of the lines, those at least a tenth below the
    article's usual price. bulk_share: of the lines, those of five times the usual quantity or more. What one customer
    alone buys, or nobody bought before this week, has no usual price.
    """
    compared = prices.filter(_.is_shared).select("sku", usual_price=_.price, usual_quantity=_.quantity)
    beside = sold.left_join(compared, "sku").drop("sku_right")
    by_article = beside.group_by("party", "sku").aggregate(
        sales=money(_.amount.sum()),
        lines=_.count(),
        cheap=(_.price <= CHEAP * _.usual_price).sum().fill_null(0),
        bulk=(_.quantity >= MUCH * _.usual_quantity).sum().fill_null(0),
    )
    return (
        by_article.group_by("party")
        .aggregate(
            articles=_.count().cast("float64"),
            top_share=_.sales.max() / money(_.sales.sum()),
            cheap_share=_.cheap.sum() / _.lines.sum(),
            bulk_share=_.bulk.sum() / _.lines.sum(),
            article_lines=_.lines.sum().cast("float64"),
        )
        .order_by("party")
    )


def _sunday(day: date) -> date:
    """The last one before this week."""
    return day - timedelta(days=day.weekday() + 1)


def _median(seen: ir.Table, name: str) -> ir.Table:
    counted = seen.group_by("sku", value=_[name]).aggregate(times=_.times.sum())
    placed = counted.mutate(
        until=_.times.sum().over(ibis.cumulative_window(group_by="sku", order_by="value")),
        total=_.times.sum().over(ibis.window(group_by="sku")),
    )
    since = placed["until"] - placed["times"]
    lower, upper = (placed["total"] - 1) // 2, placed["total"] // 2
    middle = [_.value.max(where=(since <= place) & (place < placed["until"])) for place in (lower, upper)]
    return placed.group_by("sku").aggregate(**{name: (middle[0] + middle[1]) / 2})


def _again(piece: Piece, work: Work, earlier: Folder, sold: ir.Table) -> ir.Table:
    """Parties whose row may have changed."""
    now, then = piece.parquet(work.folder.prices), piece.parquet(earlier.prices)
    moved = ibis.union(now.anti_join(then, now.columns), then.anti_join(now, now.columns)).select("sku").distinct()
    by_price = sold.semi_join(moved, "sku").select("party")
    return ibis.union(piece.parquet(work.folder.touched), by_price).distinct()
