"""The frame, its headers, its palette and its error pages, as a browser receives them."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.foundation.ui import navigation
from guanxi.foundation.ui.navigation import Action, Destination, Finder, Found
from tests.world import logged_in


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house with two places, one action and one kind of record."""
    for name in ("_destinations", "_actions"):
        monkeypatch.setattr(navigation, name, {})
    monkeypatch.setattr(navigation, "_finders", [])
    navigation.go(Destination(label="Style", url_name="ui:style", icon="style", order=1, verb="today.read"))
    navigation.go(Destination(label="Trail", url_name="ui:offline", icon="audit", order=2, verb="audit.read"))
    navigation.go(Destination(label="Nowhere", url_name="no:such", icon="audit", order=3))
    navigation.do(Action(label="Write a letter", url_name="ui:style", icon="mail", verb="settings.write"))
    navigation.find(Finder(label="Stars", find=lambda request, q: [Found(label=f"Star {q}", url="/", icon="survey")]))


def test_every_answer_carries_the_policy(company: Company) -> None:
    answer = Client().get("/accounts/login/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_rail_shows_what_one_may_open(registered: None, alice: User, ada: User) -> None:
    assert "Trail" not in logged_in(alice).get("/style/").content.decode()
    page = logged_in(ada).get("/style/").content.decode()
    assert "Trail" in page
    assert "Nowhere" not in page
    assert 'href="/style/" aria-current="page"' in page


def test_the_palette_finds_records_and_offers_what_one_may_do(registered: None, alice: User, ada: User) -> None:
    found = logged_in(alice).get("/found/", {"q": "ly"}, headers={"HX-Request": "true"}).content.decode()
    assert "Star ly" in found
    assert "Write a letter" not in logged_in(alice).get("/found/", {"q": "letter"}).content.decode()
    assert "Write a letter" in logged_in(ada).get("/found/", {"q": "letter"}).content.decode()


def test_the_palette_changes_the_language(alice: User) -> None:
    assert "切换到中文" in logged_in(alice).get("/found/", headers={"HX-Request": "true"}).content.decode()


def test_the_style_page_draws_every_component(alice: User) -> None:
    assert logged_in(alice).get("/style/").status_code == 200


def test_a_missing_page_says_what_happened_what_is_safe_and_what_to_do(company: Company) -> None:
    answer = Client().get("/there-is-no-such-page/")
    assert answer.status_code == 404
    assert all(said in answer.content.decode() for said in ("What happened", "What is safe", "What to do"))


def test_a_part_that_is_missing_is_answered_with_a_part(company: Company) -> None:
    answer = Client().get("/there-is-no-such-page/", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "<html" not in answer.content.decode()


def test_a_form_without_its_signature_is_refused_in_sentences(company: Company) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"email": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()


def test_our_own_fault_is_told_without_database_or_trace(monkeypatch: pytest.MonkeyPatch, ada: User) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("guanxi.foundation.ui.views.samples", broken)
    client = logged_in(ada)
    client.raise_request_exception = False
    answer = client.get("/style/")
    assert answer.status_code == 500
    assert "Something failed on our side" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_the_manifest_lets_a_device_install_guanxi(company: Company) -> None:
    facts = Client().get("/manifest.webmanifest").json()
    assert facts["display"] == "standalone"
    assert {icon["sizes"] for icon in facts["icons"]} == {"any", "192x192", "512x512"}


@pytest.mark.parametrize("path", ["/style/?q=%00", "/style/?%00=1", "/style/%00"])
def test_an_address_with_a_nul_makes_no_sense(path: str, alice: User) -> None:
    assert logged_in(alice).get(path).status_code == 400


def test_a_form_with_a_nul_makes_no_sense(company: Company) -> None:
    answer = Client().post("/accounts/login/", {"email": "a@b.example", "password": "a\0b"})
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_and_not_a_failure_of_ours(company: Company, settings: Settings) -> None:
    settings.PUSH_PORT = "8918"
    settings.ALLOWED_HOSTS = ["testserver"]
    assert Client().get("/accounts/login/", HTTP_HOST="evil.com").status_code == 400


def test_no_cache_keeps_what_a_colleague_sees(alice: User) -> None:
    assert logged_in(alice).get("/style/")["Cache-Control"] == "private, no-store"
