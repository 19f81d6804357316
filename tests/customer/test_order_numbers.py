"""An order is found by its number, by those who may see whose it is."""

from datetime import UTC, datetime

import pyarrow as pa

from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from tests.customer.incoming import known
from tests.world import logged_in


def bring_order(history: Store, number: str, customer: str) -> None:
    line = {
        "source": "till",
        "external_id": customer,
        "line_key": 1,
        "at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "order_id": number,
        "sku": "P1",
        "description": "lantern",
        "quantity": 2.0,
        "unit_price": 4.5,
        "amount": 9.0,
        "currency": "GBP",
        "country": "GB",
        "kind": "sale",
    }
    history.append("order_lines", number, pa.Table.from_pylist([line]))


def test_the_palette_finds_an_order_by_its_number(history: Store, alice: User, carol: User) -> None:
    party = known("C-1", name="王晓梅", owner=alice)
    bring_order(history, "C580171", "C-1")

    found = logged_in(alice).get("/found/", {"q": "c580171"}).text
    assert f"/customers/{party.pk}/" in found
    assert "£9.00" in found
    assert f"/customers/{party.pk}/" not in logged_in(carol).get("/found/", {"q": "C580171"}).text


def test_a_number_that_no_order_bears_finds_nothing(history: Store, alice: User) -> None:
    party = known("C-1", name="王晓梅", owner=alice)
    bring_order(history, "536365", "C-1")
    assert f"/customers/{party.pk}/" not in logged_in(alice).get("/found/", {"q": "536366"}).text
