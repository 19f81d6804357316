"""Purchases as the history tells them: lines grouped to orders."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.customer.models import Party, Source
from guanxi.customer.queries.identities import source_identities
from guanxi.foundation.history import store

MOST_ITEMS = 2


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


Line = Mapping[str, Any]


def lines_of(party: Party) -> list[Line]:
    """The order lines of all the party's source identities, in order of time."""
    lines: list[Line] = store().facts_of("order_lines", source_identities(party)).to_pylist()
    return lines


def purchases(lines: Iterable[Line]) -> list[Purchase]:
    """Lines grouped by order, the latest first."""
    grouped: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line["source"], line["order_id"]].append(line)
    names = dict(Source.objects.values_list("key", "name"))
    orders = (_purchase(order_id, held, names[source]) for (source, order_id), held in grouped.items())
    return sorted(orders, key=lambda each: (each.at, each.order_id), reverse=True)


def _purchase(order_id: str, lines: list[Line], source_name: str) -> Purchase:
    dearest = sorted(lines, key=lambda line: -abs(line["amount"]))[:MOST_ITEMS]
    return Purchase(
        order_id=order_id,
        at=max(line["at"] for line in lines),
        amount=sum(line["amount"] for line in lines),
        currency=lines[0]["currency"],
        lines=len(lines),
        items=tuple((abs(line["quantity"]), line["description"] or line["sku"] or "") for line in dearest),
        source_name=source_name,
    )


def summary(lines: list[Line]) -> Summary | None:
    """What the customer has bought so far; None when nothing is known."""
    if not lines:
        return None
    orders = purchases(lines)
    amounts, quantities = Counter[str](), Counter[str]()
    for line in lines:
        if line["kind"] != "adjustment":
            amounts[line["description"] or line["sku"] or "–"] += line["amount"]
            quantities[line["description"] or line["sku"] or "–"] += line["quantity"]
    return Summary(
        orders=sum(not each.is_return for each in orders),
        returns=sum(each.is_return for each in orders),
        amount=sum(each.amount for each in orders),
        returned=-sum(each.amount for each in orders if each.is_return),
        currency=orders[0].currency,
        first=orders[-1].at,
        last=orders[0].at,
        articles=[(name, quantities[name], amount) for name, amount in amounts.most_common(5)],
    )
