"""Order lines as a till brings them, and customers to go with them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from guanxi.customer.intake import ensure_source
from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.insight.models import Refresh
from guanxi.insight.refresh import refresh

TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
Line = tuple[str, int, float]  # customer, days ago, amount


def customers(names: Iterable[str], owner: User | None = None) -> dict[str, Party]:
    """Parties that came in from the till, by name, each with one source record."""
    till = ensure_source(key="till", name="Till", rank=50)
    made = [
        Party(name=name, sort_key=name, created_at=TODAY, owner=owner, team=owner.team if owner else None)
        for name in names
    ]
    Party.objects.bulk_create(made)
    SourceRecord.objects.bulk_create(
        SourceRecord(source=till, external_id=each.name, home=each, party=each, as_of=TODAY, received_at=TODAY)
        for each in made
    )
    return {each.name: each for each in made}


def bring_lines(
    history: Store, *lines: Line, batch: str = "first", at: datetime = TODAY, hour: int = 12, sku: str = "P1"
) -> None:
    """Each line is an order of its own, at noon of Greenwich; without a customer when the name is empty."""
    rows = [
        {
            "source": "till",
            "external_id": customer or None,
            "line_key": hash((batch, number)) & 0x7FFFFFFF,
            "at": datetime.combine(at.date() - timedelta(days=ago), datetime.min.time(), UTC) + timedelta(hours=hour),
            "order_id": f"{batch}-{number}",
            "sku": sku,
            "description": "goods",
            "quantity": 1.0,
            "unit_price": abs(amount),
            "amount": amount,
            "currency": "GBP",
            "country": "GB",
            "kind": "sale" if amount >= 0 else "return",
        }
        for number, (customer, ago, amount) in enumerate(lines)
    ]
    history.append("order_lines", batch, pa.Table.from_pylist(rows))


def refreshed(*, at: datetime = TODAY) -> Refresh:
    return refresh(as_of=at, at=at, by=None)


def every(days: int, *, times: int, start: int = 0, customer: str = "acme", amount: float = 100.0) -> list[Line]:
    """A customer who buys every so many days, the last time `start` days ago."""
    return [(customer, start + days * number, amount) for number in range(times)]


def about_every(days: int, *, times: int, start: int = 0, customer: str = "acme", amount: float = 100.0) -> list[Line]:
    """The same, but now earlier and now later, by up to a third."""
    jitter = (0, days // 3, -days // 4, days // 5, -days // 3)
    return [(customer, max(0, start + days * number + jitter[number % 5]), amount) for number in range(times)]


def day(ago: int) -> date:
    return TODAY.date() - timedelta(days=ago)
