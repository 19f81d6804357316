"""Where a form leads afterwards is a page of ours, whatever was asked for."""

import pytest
from django.urls import reverse

from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import logged_in

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", " //evil.example", "/\t/evil.example", "http://testserver:80@evil.example/",
    "1", "NaN", "home", "entrance:login", "evil:page", "?q=x", "é",
]  # fmt: skip


@pytest.mark.parametrize("asked", ELSEWHERE)
@pytest.mark.parametrize("address", ["/accounts/theme/", "/accounts/language/"])
def test_what_is_no_page_of_ours_leads_to_the_first_page(address: str, asked: str, alice: User) -> None:
    answer = logged_in(alice).post(address, {"next": asked, "theme": "dark", "language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_what_is_no_page_of_ours_leads_back_to_the_customer(asked: str, alice: User) -> None:
    page = reverse("customer:notes", args=[known("C-1", owner=alice).pk])
    answer = logged_in(alice).post(page, {"next": asked, "text": "called"})
    assert (answer.status_code, answer["Location"]) == (302, page.removesuffix("notes/"))


def test_a_page_of_ours_is_gone_back_to(alice: User) -> None:
    answer = logged_in(alice).post("/accounts/theme/", {"next": "/customers/?q=李", "theme": "dark"})
    assert answer["Location"] == "/customers/?q=%E6%9D%8E"
