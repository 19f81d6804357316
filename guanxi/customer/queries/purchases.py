"""Purchases as the history tells them: lines grouped to orders, in the history's own SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.customer.models import Party, Source
from guanxi.customer.queries.identities import source_identities
from guanxi.foundation.history import Reading, store
from guanxi.foundation.history.identities import as_table

MOST_ITEMS = 2
MOST_ARTICLES = 5
LINES = "(SELECT * FROM {lines} SEMI JOIN wanted USING (source, external_id))"
# One row an order: the moment of its last line, and its dearest articles.
ORDERS = f"""
    SELECT source, order_id, max("at") AS moment, sum(amount) AS amount, any_value(currency) AS currency,
        count(*) AS lines, bool_or(contains(lower(coalesce(description, sku, '')), $text)) AS named,
        list(struct_pack(quantity := abs(quantity), name := coalesce(description, sku, ''))
            ORDER BY abs(amount) DESC, line_key)[:{MOST_ITEMS}] AS items
    FROM {LINES} GROUP BY source, order_id"""
PAGE = f"""
    SELECT * EXCLUDE (named) FROM ({ORDERS})
    WHERE (named OR contains(lower(order_id), $text))
        AND ($at IS NULL OR moment < $at OR (moment = $at AND ($among IS NULL OR order_id < $among)))
    ORDER BY moment DESC, order_id DESC LIMIT $most"""
SUMMARY = f"""
    SELECT count(*) FILTER (WHERE amount >= 0), count(*) FILTER (WHERE amount < 0), coalesce(sum(amount), 0),
        coalesce(-sum(amount) FILTER (WHERE amount < 0), 0), any_value(currency), min(moment), max(moment)
    FROM ({ORDERS})"""
ARTICLES = f"""
    SELECT coalesce(description, sku, '–') AS name, sum(quantity), sum(amount) AS brought FROM {LINES}
    WHERE kind <> 'adjustment' GROUP BY name ORDER BY brought DESC, name LIMIT {MOST_ARTICLES}"""


@dataclass(frozen=True)
class Purchase:
    """One order: `amount` is signed, in `currency`; `items` are the dearest articles; `lines` counts them all."""

    order_id: str
    at: datetime
    amount: float
    currency: str
    lines: int
    items: tuple[tuple[float, str], ...]
    source_name: str

    @property
    def is_return(self) -> bool:
        return self.amount < 0


@dataclass(frozen=True)
class Summary:
    """All purchases of one customer. `articles` are the five that brought most, with quantity and amount."""

    orders: int
    returns: int
    amount: float
    returned: float
    currency: str
    first: datetime
    last: datetime
    articles: list[tuple[str, float, float]]


def purchases(
    party: Party, *, most: int, before: tuple[datetime, str | None] | None = None, text: str = ""
) -> list[Purchase]:
    """The latest `most` orders, the newest first.

    before: older than this moment, or at it with a smaller order number (None: any number at that moment).
    text: orders whose number or an article's name holds it, whatever the case.
    """
    at, among = before or (None, None)
    with _lines_of(party) as history:
        asked = {"text": text.lower(), "at": at, "among": among, "most": most}
        rows = _answers(history, PAGE, asked)
    names = dict(Source.objects.values_list("key", "name"))
    return [
        Purchase(number, at, amount, currency, lines, tuple((i["quantity"], i["name"]) for i in items), names[source])
        for source, number, at, amount, currency, lines, items in rows
    ]


def summary(party: Party) -> Summary | None:
    """What the customer has bought so far; None when nothing is known."""
    with _lines_of(party) as history:
        ((orders, returns, amount, returned, currency, first, last),) = _answers(history, SUMMARY, {"text": ""})
        if first is None:
            return None
        articles = [(name, quantity, brought) for name, quantity, brought in _answers(history, ARTICLES, {})]
    return Summary(orders, returns, amount, returned, currency, first, last, articles)


@contextmanager
def _lines_of(party: Party) -> Iterator[Reading]:
    """The history with the party's source identities as the table `wanted`."""
    identities = source_identities(party)
    with store().look() as history:
        history.duck.register("wanted", as_table(identities))
        yield history


def _answers(history: Reading, query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    return history.duck.execute(query.format(lines=history.view("order_lines")), parameters).fetchall()
