"""Every address of the house, tried by the whole cast: the log-in page for visitors, 404 for strangers, never a 500."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guanxi.foundation.accounts.models import User
from tests.world import logged_in

# Open without a log-in, and why.
OPEN = {
    "/healthz": "asked by machines",
    "/accounts/login/": "the way in",
    "/accounts/logout/": "the way out",
    "/accounts/reset/": "a password was forgotten",
    "/accounts/reset/x/x/": "the link of the mail; it is signed",
    "/accounts/language/": "chosen before the log-in",
    "/accounts/theme/": "chosen before the log-in",
    "/marketing/unsubscribe/x/": "customers have no log-in; the address itself is signed",
    "/offline/": "shown without a connection",
    "/manifest.webmanifest": "asked by the browser",
}
# Everybody with a log-in has these, whatever their role.
OWN = {"/accounts/profile/", "/accounts/password/"}
SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000001", "path": "x"}


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str) -> str:
    """The address with a sample for each of its parts: `customers/<int:pk>/` → `customers/1/`."""
    parts = []
    for part in route.split("<"):
        kind, closed, rest = part.partition(">")
        parts.append(SAMPLES[kind.split(":")[0] if ":" in kind else "str"] + rest if closed else part)
    return "".join(parts)


EVERY = sorted({filled(route) for route in addresses(get_resolver().url_patterns)})
INSIDE = [address for address in EVERY if address not in OPEN]


def test_only_addresses_that_exist_are_open() -> None:
    assert set(OPEN) <= set(EVERY)


@pytest.mark.parametrize("address", INSIDE)
def test_a_visitor_is_sent_to_the_log_in_page(address: str, company: object) -> None:
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code in {302, 405}, address
        assert answer.status_code == 405 or "/accounts/" in answer.url


@pytest.mark.parametrize("address", sorted(set(INSIDE) - OWN))
def test_a_stranger_finds_nothing_anywhere(address: str, mallory: User) -> None:
    for answer in (logged_in(mallory).get(address), logged_in(mallory).post(address)):
        assert answer.status_code in {404, 405}, address


@pytest.mark.parametrize("address", EVERY)
def test_nobody_meets_a_stack_trace(address: str, alice: User, ada: User, max_: User) -> None:
    for colleague in (alice, ada, max_):
        client = logged_in(colleague)
        for answer in (client.get(address), client.post(address)):
            is_unwell = address == "/healthz" and answer.status_code == 503  # no worker lives in this test
            assert answer.status_code < 500 or is_unwell, address


@pytest.mark.parametrize("address", INSIDE)
def test_a_form_from_another_site_is_refused(address: str, ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)

    assert client.post(address).status_code in {403, 405}


def test_every_answer_carries_its_guards(ada: User) -> None:
    headers = logged_in(ada).get("/customers/").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
