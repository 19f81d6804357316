"""From order lines to what there is to offer, and who bought which of it on which days."""

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from guanxi.foundation.catalogue.queries import services
from guanxi.foundation.history import store
from guanxi.insight.engines import Piece, facts
from guanxi.insight.offering.shelf import Shelf
from guanxi.insight.refresh.articles import usual, values_seen
from guanxi.insight.refresh.reading import LINES, WHO, of_goods, until
from guanxi.insight.refresh.work import Work

YEARS = 2  # tastes older than that are not asked


def read_purchases(work: Work, shelf: Shelf) -> int:
    """Writes `catalogue` and `purchases` of the last two years; how many articles there are."""
    with store().read() as reading, work.piece() as piece:
        since = work.day - timedelta(days=365 * YEARS)
        lines = facts(piece, reading, LINES)
        lines = lines.filter(until(lines, work.day), ~until(lines, since))
        goods = _sold(lines).anti_join(piece.rows(pa.table({"sku": pa.array(sorted(services()), pa.string())})), "sku")
        sold = goods.join(piece.parquet(shelf.folder.identities), WHO)
        articles = piece.write(catalogue(sold), shelf.catalogue)
        if articles:
            numbers = piece.parquet(shelf.catalogue).select("sku", item=_.number)
            bought = sold.join(numbers, "sku").select("party", "item", "day").distinct()
            piece.write(bought, shelf.purchases)
        return articles


def catalogue(sold: ir.Table) -> ir.Table:
    """One row an article: number (most buyers first), sku, commonest name, usual price, buyers."""
    named = sold.group_by("sku", "name").aggregate(times=_.count())
    place = ibis.row_number().over(group_by="sku", order_by=[_.times.desc(), _.name])
    names = named.mutate(place=place).filter(_.place == 0).select("sku", "name")
    articles = (
        sold.group_by("sku")
        .aggregate(buyers=_.party.nunique())
        .join(usual(sold, values_seen(sold)).select("sku", "price"), "sku")
        .join(names, "sku")
    )
    number = ibis.row_number().over(order_by=[_.buyers.desc(), _.sku])
    return articles.select("sku", "name", "price", "buyers", number=number.cast("int64")).order_by("number")


def sold_between(piece: Piece, shelf: Shelf, after: date, until: date) -> ir.Table:
    """The purchases of some days, as `item_counts` takes them: all of one day are one order."""
    bought = piece.parquet(shelf.purchases).filter(_.day > after, _.day <= until)
    return bought.mutate(order_id=_.day, at=_.day.cast("timestamp"), amount=1.0)


def _sold(lines: ir.Table) -> ir.Table:
    return of_goods(lines.filter(_.kind == "sale")).select(
        *WHO,
        "sku",
        "quantity",
        price=_.amount / _.quantity,
        name=ibis.coalesce(_.description, _.sku),
        day=_.at.date(),
    )
