"""The administrator sets up company, people and roles; nobody else finds the pages, and every change leaves a line."""

import pytest

from guanxi.foundation.access.doors import may, reach
from guanxi.foundation.access.models import Reach, Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.company.models import Company
from tests.world import logged_in

PAGES = ["/settings/", "/settings/people/", "/settings/people/new/", "/settings/roles/"]


@pytest.mark.parametrize("page", PAGES)
def test_settings_open_for_the_administrator_and_do_not_exist_for_others(
    page: str, ada: User, sue: User, alice: User, mallory: User
) -> None:
    assert logged_in(ada).get(page).status_code == 200
    for other in (sue, alice, mallory):
        assert logged_in(other).get(page).status_code == 404


def test_changing_the_company_leaves_a_line_on_the_trail(ada: User) -> None:
    facts = {"name": "Nanshan Trading", "currency": "cny", "timezone": "Asia/Shanghai", "country": "cn"}

    logged_in(ada).post("/settings/", facts)

    company = Company.objects.get()
    assert (company.name, company.currency, company.country) == ("Nanshan Trading", "CNY", "CN")
    assert Entry.objects.get().verb == "company.changed"
    assert ">Changed the company</th>" in logged_in(ada).get("/settings/audit/").text


def test_what_profit_is_reckoned_by_is_asked_for_in_hundredths_and_may_be_left_open(ada: User) -> None:
    facts = {"name": "N", "currency": "CNY", "timezone": "Asia/Shanghai", "country": "CN"}

    beyond = logged_in(ada).post("/settings/", facts | {"margin": "35", "order_cost": "1e308"})
    assert beyond.status_code == 422
    told = {"margin": "35", "discount": "", "order_cost": "4.5"}
    assert "until the next refresh" in logged_in(ada).post("/settings/", facts | told, follow=True).text
    assert "until the next refresh" not in logged_in(ada).post("/settings/", facts | told, follow=True).text

    company = Company.objects.get()
    assert (company.margin, company.discount, company.order_cost, company.contact_cost) == (0.35, None, 4.5, None)
    assert 'value="35"' in logged_in(ada).get("/settings/").text
    assert logged_in(ada).post("/settings/", facts | {"margin": "250"}).status_code == 422
    assert "Gross margin" in logged_in(ada).get("/settings/audit/").text


@pytest.mark.parametrize(("field", "nonsense"), [("currency", "XYZ"), ("timezone", "Mars/Olympus"), ("country", "ZZZ")])
def test_a_nonsensical_company_is_refused_with_a_sentence(field: str, nonsense: str, ada: User) -> None:
    facts = {"name": "N", "currency": "CNY", "timezone": "Asia/Shanghai", "country": "CN", field: nonsense}

    answer = logged_in(ada).post("/settings/", facts)

    assert answer.status_code == 422
    assert Company.objects.get().name == "Northgate"


def test_a_new_colleague_is_placed_and_cannot_log_in_before_setting_a_password(ada: User) -> None:
    role = Role.objects.get(key="representative")

    logged_in(ada).post(
        "/settings/people/new/", {"email": "New@Guanxi.example", "name": "New", "role": role.pk, "is_active": "on"}
    )

    colleague = User.objects.get(email="new@guanxi.example")
    assert not colleague.has_usable_password()
    assert reach(colleague, "customer.read") == Reach.TEAM


def test_the_last_administrator_cannot_lock_the_company_out(ada: User) -> None:
    answer = logged_in(ada).post(
        f"/settings/people/{ada.pk}/", {"email": ada.email, "name": ada.name, "role": ada.role_id}
    )

    assert answer.status_code == 422
    assert "Keep one administrator who may log in" in answer.text
    assert User.objects.get(pk=ada.pk).is_active


def test_what_a_role_is_granted_holds_from_the_next_page_on(ada: User, alice: User) -> None:
    role = Role.objects.get(key="representative")
    assert not may(alice, "audit.read")

    logged_in(ada).post(f"/settings/roles/{role.pk}/", {"audit.read": "all"})

    assert may(User.objects.get(pk=alice.pk), "audit.read")
    assert not may(User.objects.get(pk=alice.pk), "customer.read")


def test_what_is_not_about_customers_is_granted_or_not(ada: User) -> None:
    role = Role.objects.get(key="representative")
    client, address = logged_in(ada), f"/settings/roles/{role.pk}/"
    assert client.post(address, {"customer.read": "all", "segment.read": "own"}).status_code == 422
    assert client.post(address, {"customer.read": "own", "segment.read": "all"}).status_code == 302
    assert dict(role.grants.values_list("verb", "reach")) == {"customer.read": "own", "segment.read": "all"}


def test_a_reach_that_means_nothing_is_shown_as_granted(ada: User) -> None:
    role = Role.objects.get(key="representative")
    form = logged_in(ada).get(f"/settings/roles/{role.pk}/").context["form"]
    assert role.grants.get(verb="customer.create").reach == Reach.OWN
    assert form["customer.create"].value() == Reach.ALL


@pytest.mark.parametrize("before", ["²", "x", "9" * 30])
def test_a_trail_that_begins_nowhere_does_not_exist(before: str, ada: User) -> None:
    client = logged_in(ada)
    assert client.get("/settings/audit/", {"before": "1"}).status_code == 200
    assert client.get("/settings/audit/", {"before": before}).status_code == 404
