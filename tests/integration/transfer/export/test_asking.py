"""Who takes out how much, and what is noted of it."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from guanxi.customer.models import Party
from guanxi.foundation.access.models import Grant, Reach
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.export.actions import ask_for_customers, set_limit
from guanxi.integration.transfer.export.limits import left_today
from guanxi.integration.transfer.export.work import carry_on_export
from guanxi.integration.transfer.models import Export
from tests.integration.transfer.export.test_company import fetched
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
NEW = "/transfer/exports/new/"


def test_a_day_has_an_end_and_the_next_one_begins_at_midnight(people: dict[str, Party], ada: User) -> None:
    set_limit(role=ada.role, rows_a_day=6, by=ada, at=NOW)  # type: ignore[arg-type]
    ask_for_customers(question=[], form="csv", by=ada, at=NOW)
    assert left_today(ada, NOW) == 2

    with pytest.raises(UserError, match="take 2 more customers out today"):
        ask_for_customers(question=[], form="csv", by=ada, at=NOW)
    ask_for_customers(question=[["where", "country:in:GB"]], form="csv", by=ada, at=NOW)
    assert left_today(ada, NOW) == 0
    assert left_today(ada, NOW + timedelta(days=1)) == 6
    assert Export.objects.count() == 2


def test_what_was_cancelled_does_not_count(people: dict[str, Party], ada: User) -> None:
    before = left_today(ada, NOW)
    client = logged_in(ada)
    client.post(NEW, {"format": "csv"})
    client.post(f"/transfer/exports/{Export.objects.get().pk}/cancellation/")
    assert left_today(ada, Export.objects.get().asked_at) == before


def test_only_customers_within_the_reach_of_the_role_go_out(people: dict[str, Party], alice: User, ada: User) -> None:
    Grant.objects.create(role=alice.role, verb="customer.export", reach=Reach.OWN)
    Party.objects.filter(pk=people["王小明"].pk).update(owner=alice)
    export = ask_for_customers(question=[], form="jsonl", by=alice, at=NOW)
    assert export.rows == 1
    with pytest.raises(UserError, match="nobody to export"):
        ask_for_customers(question=[["where", "country:in:GB"]], form="csv", by=alice, at=NOW)


def test_a_colleague_goes_from_the_list_to_the_file_and_all_of_it_is_noted(
    people: dict[str, Party], ada: User, sue: User
) -> None:
    client = logged_in(ada)
    address = f"{NEW}?where=country%3Ain%3AGB"
    page = client.get(address).content.decode()
    assert "2 customers of the" in page

    client.post(address, {"format": "vcard4"})
    export = Export.objects.get()
    carry_on_export(export_id=export.pk, clock=lambda: NOW)
    assert "Fetch the file" in client.get(f"/transfer/exports/{export.pk}/").content.decode()
    assert fetched(client, f"/transfer/exports/{export.pk}/file").count(b"BEGIN:VCARD") == 2
    for stranger in (sue,):
        assert logged_in(stranger).get(f"/transfer/exports/{export.pk}/").status_code == 404
    entry = Entry.objects.get(verb="customer.exported")
    assert entry.facts == {"where": [["where", "country:in:GB"]], "rows": 2, "format": "vcard4"}
    assert Entry.objects.filter(verb="transfer.export_fetched").exists()


def test_columns_are_named_in_the_language_of_who_asked(people: dict[str, Party], ada: User) -> None:
    with override("zh-hans"):
        export = ask_for_customers(question=[], form="csv", by=ada, at=NOW)
    assert export.language == "zh-hans"


def test_an_unreadable_question_and_an_unknown_format_are_answered(people: dict[str, Party], ada: User) -> None:
    client = logged_in(ada)
    assert client.get(NEW, {"where": "nonsense:is:1"}).status_code == 422
    assert client.post(NEW, {"format": "exe"}).status_code == 422
    assert not Export.objects.exists()


def test_the_administrator_says_how_much_each_role_may_take_out(ada: User, sue: User) -> None:
    client = logged_in(ada)
    client.post("/transfer/exports/limits/", {f"role_{ada.role.pk}": "7"})  # type: ignore[union-attr]
    assert left_today(ada, NOW) == 7
    assert client.post("/transfer/exports/limits/", {f"role_{ada.role.pk}": "-1"}).status_code == 422  # type: ignore[union-attr]
    assert logged_in(sue).get("/transfer/exports/limits/").status_code == 404
