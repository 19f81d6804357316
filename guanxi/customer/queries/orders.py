"""Orders by their number, which stands in the history and nowhere else."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from guanxi.customer.models import Party
from guanxi.foundation.history import store

ORDER_NUMBER = re.compile(r"[A-Za-z]{0,4}[-/]?\d{4,20}", re.ASCII)
MOST = 6
WANTED = """
    SELECT source, external_id, order_id, max("at"), sum(amount), any_value(currency)
    FROM {lines} WHERE order_id IN ($1, upper($1)) AND external_id IS NOT NULL GROUP BY ALL LIMIT {most}
"""


@dataclass(frozen=True)
class Order:
    """An order and whose it is; `amount` is signed, in `currency`."""

    number: str
    party: Party
    at: datetime
    amount: float
    currency: str


def orders_numbered(text: str, visible: QuerySet[Party]) -> list[Order]:
    """The orders of visible customers that bear exactly this number; empty when the text is no number."""
    number = text.strip()
    if not ORDER_NUMBER.fullmatch(number):
        return []
    with store().look() as history:
        rows = history.duck.execute(WANTED.format(lines=history.view("order_lines"), most=MOST), [number]).fetchall()
    return [order for row in rows if (order := _order(row, visible)) is not None]


def _order(row: tuple[str, str, str, datetime, float, str], visible: QuerySet[Party]) -> Order | None:
    source, external_id, number, at, amount, currency = row
    party = visible.filter(source_records__source__key=source, source_records__external_id=external_id).first()
    return Order(number, party, at, amount, currency) if party else None
