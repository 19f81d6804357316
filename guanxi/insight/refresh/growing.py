"""What customers bought of new articles: those that nobody had bought before the last quarter."""

from datetime import timedelta
from typing import Any

from ibis import _

from guanxi.foundation.history import store
from guanxi.insight.engines import facts
from guanxi.insight.refresh.articles import sold_articles
from guanxi.insight.refresh.days import money
from guanxi.insight.refresh.reading import LINES, WHO, until
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.figures import QUARTER


def sum_new_articles(work: Work) -> dict[str, Any]:
    """Writes `growth`: one row a party that bought new articles in the last quarter, with its sales of them."""
    with store().read() as reading, work.piece() as piece:
        lines = facts(piece, reading, LINES)
        earlier = until(lines, work.day - timedelta(QUARTER))
        known = sold_articles(lines.filter(earlier)).select("sku").distinct()
        fresh = sold_articles(lines.filter(~earlier, until(lines, work.day))).anti_join(known, "sku")
        of_parties = fresh.join(piece.parquet(work.folder.identities), WHO)
        sums = of_parties.group_by("party").aggregate(new_sales=money(_.amount.sum()))
        return {"parties": piece.write(sums.order_by("party"), work.folder.growth)}
