"""What a customer owns: with its warranty and everything that was done to it."""

from datetime import timedelta

import pytest

from guanxi.customer.assets.actions import add_asset, record_service, retire_asset
from guanxi.customer.assets.queries import assets_numbered, assets_of
from guanxi.customer.models import Asset, Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.world import NOW, logged_in

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice)


def machine(party: Party, by: User, *, warranty: int | None = None, serial: str = "ESP-77120") -> Asset:
    until = TODAY + warranty * DAY if warranty is not None else None
    return add_asset(
        party=party, name="Espresso machine", product=None, serial=serial, bought_on=TODAY - 400 * DAY,
        warranty_until=until, place="Bar", by=by, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("days", "light"), [(None, "quiet"), (-1, "quiet"), (0, "due"), (60, "due"), (61, "good")])
def test_the_light_of_a_warranty(days: int | None, light: str, mei: Party, alice: User) -> None:
    machine(mei, alice, warranty=days)
    assert assets_of(mei, TODAY)[0].warranty == light


def test_a_warranty_cannot_end_before_the_purchase(mei: Party, alice: User) -> None:
    with pytest.raises(UserError, match="before the purchase"):
        machine(mei, alice, warranty=-500)


def test_every_workshop_is_heard_and_the_next_service_is_known(mei: Party, alice: User) -> None:
    asset = machine(mei, alice)
    facts = {"asset": asset, "by": alice, "at": NOW}
    record_service(
        **facts, kind="maintenance", on=TODAY - 90 * DAY, what="Descaled", workshop="Dealer Hull",
        under_warranty=True, next_due_on=TODAY + 90 * DAY,
    )  # fmt: skip
    record_service(
        **facts, kind="repair", on=TODAY, what="New pump", workshop="", under_warranty=False, next_due_on=None
    )
    owned = assets_of(mei, TODAY)[0]
    assert [each.what for each in owned.services] == ["New pump", "Descaled"]
    assert owned.next_due_on == TODAY + 90 * DAY
    with pytest.raises(UserError, match="not come yet"):
        record_service(
            **facts, kind="repair", on=TODAY + DAY, what="x", workshop="", under_warranty=False, next_due_on=None
        )


def test_a_serial_number_finds_it_only_for_who_may_see_the_customer(mei: Party, alice: User, carol: User) -> None:
    asset = machine(mei, alice)
    assert assets_numbered("esp-77120", alice) == [asset]
    assert assets_numbered("ESP-77120", carol) == []
    assert assets_numbered("ESP", alice) == []


def test_assets_are_added_served_and_retired_in_the_browser(mei: Party, alice: User, carol: User) -> None:
    page = logged_in(alice)
    page.post(f"/customers/{mei.pk}/assets/", {"name": "Booth 4.1 B20", "serial": "B20"})
    asset = Asset.objects.get()
    address = f"/customers/{mei.pk}/assets/{asset.pk}/"
    page.post(address, {"kind": "inspection", "on": "2020-01-05", "what": "Looked at"})
    assert "Looked at" in page.get(address).content.decode()
    assert page.post(f"/customers/{mei.pk}/assets/", {"sku": "nonsense"}).status_code == 422
    assert logged_in(carol).get(address).status_code == 404
    page.post(f"{address}retirement/")
    asset.refresh_from_db()
    assert asset.retired_on is not None
    retire_asset(asset=asset, by=alice, at=NOW)
