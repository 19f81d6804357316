"""What customers buy: how many articles, how much of one, how cheaply, how much at once. Read from the order lines."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.foundation.duck import literal
from guanxi.foundation.history import store
from guanxi.insight.refresh.exchange import MEMORY
from guanxi.insight.refresh.folder import completed
from guanxi.insight.refresh.reading import LINES, WHO
from guanxi.insight.refresh.work import Work

CHEAP = 0.9  # of the usual price: a tenth below it and more
MUCH = 5.0  # times the usual quantity


def read_articles(work: Work) -> dict[str, Any]:
    """Writes `articles`: one row a party that bought numbered articles, in the order of their ids."""
    with store().read() as reading:
        reading.duck.execute(f"SET TimeZone = '{work.timezone}'")
        reading.duck.execute(f"SET memory_limit = '{MEMORY}'")
        known = reading.backend.read_parquet(str(work.folder.identities))
        rows = articles(reading.table(LINES).filter(_.at.date() <= work.day), known)
        with completed(work.folder.articles) as draft:
            (count,) = reading.duck.execute(
                f"COPY ({ibis.to_sql(rows, dialect='duckdb')}) TO {literal(draft)} (FORMAT parquet)"
            ).fetchone() or (0,)
    return {"parties": int(count)}


def articles(lines: ir.Table, identities: ir.Table) -> ir.Table:
    """One row a party: articles, and of its sold lines with an article the shares that follow.

    top_share: of the sales, what the best article makes up. cheap_share: of the lines, those at least a tenth below the
    article's median price. bulk_share: of the lines, those of five times the article's median quantity or more.
    """
    sold = lines.filter(_.amount > 0, _.sku.notnull(), _.quantity > 0).join(identities, WHO)
    usual = sold.group_by("sku").aggregate(
        price=(_.amount / _.quantity).median(), pieces=_.quantity.median(), sold_to=_.party.nunique()
    )
    lines_beside = sold.join(usual, "sku")
    compared = _.sold_to > 1  # an article that one customer alone buys has no usual price
    by_article = lines_beside.group_by("party", "sku").aggregate(
        sales=_.amount.sum(),
        lines=_.count(),
        cheap=(compared & (_.amount / _.quantity <= CHEAP * _.price)).sum(),
        bulk=(compared & (_.quantity >= MUCH * _.pieces)).sum(),
    )
    return (
        by_article.group_by("party")
        .aggregate(
            articles=_.count().cast("float64"),
            top_share=_.sales.max() / _.sales.sum(),
            cheap_share=_.cheap.sum() / _.lines.sum(),
            bulk_share=_.bulk.sum() / _.lines.sum(),
            article_lines=_.lines.sum().cast("float64"),
        )
        .order_by("party")
    )
