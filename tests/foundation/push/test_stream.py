"""The stream, as a browser sees it: who gets in, what arrives, and what a page that was away gets afterwards."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from guanxi.foundation.accounts.models import User
from guanxi.foundation.push.actions import notify
from guanxi.foundation.push.models import Notice
from tests.journeys.browser import chromium, log_in
from tests.world import PASSWORD, logged_in

from .conftest import Stream, pushing

pytestmark = pytest.mark.django_db(transaction=True)
Event = dict[str, str]


@contextmanager
def listening(stream: Stream, user: User | None, **headers: str) -> Iterator[http.client.HTTPResponse]:
    browser = http.client.HTTPConnection("127.0.0.1", stream.port, timeout=20)
    cookie = logged_in(user).cookies[django_settings.SESSION_COOKIE_NAME].value if user else "none"
    browser.request("GET", "/notices", headers={"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={cookie}", **headers})
    try:
        yield browser.getresponse()
    finally:
        browser.close()


def next_event(answer: http.client.HTTPResponse) -> Event:
    """The next block of the stream that is more than a sign of life."""
    event: Event = {}
    while True:
        line = answer.readline().decode().rstrip("\n")
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif event.keys() - {"", "retry"}:
            return event


def test_a_notice_reaches_an_open_page(stream: Stream, alice: User) -> None:
    with listening(stream, alice) as answer:
        assert answer.status == http.client.OK
        assert next_event(answer) == {"retry": "2000", "id": "0"}
        notify(topic="secret:plan", kind="not for her")
        notify(topic="weather:here", kind="rain", payload={"mm": 3})
        event = next_event(answer)
    assert event["event"] == "weather:here"
    assert json.loads(event["data"])["kind"] == "rain"
    assert json.loads(event["data"])["payload"] == {"mm": 3}


def test_a_page_that_was_away_gets_what_it_missed_and_nothing_twice(stream: Stream, alice: User) -> None:
    kinds = []
    with listening(stream, alice) as answer:
        next_event(answer)
        notify(topic="weather:here", kind="seen")
        seen = next_event(answer)["id"]
    notify(topic="weather:here", kind="missed")
    with listening(stream, alice, **{"Last-Event-ID": seen}) as answer:
        kinds.append(json.loads(next_event(answer)["data"])["kind"])
        notify(topic="weather:here", kind="new")
        kinds.append(json.loads(next_event(answer)["data"])["kind"])
    assert kinds == ["missed", "new"]


def test_who_is_not_logged_in_is_told_to_stop_asking(stream: Stream) -> None:
    with listening(stream, None) as answer:
        assert answer.status == http.client.NO_CONTENT


def test_who_no_longer_works_here_is_told_to_stop_asking(stream: Stream, alice: User) -> None:
    with listening(stream, alice) as answer:
        assert answer.status == http.client.OK
    cookie = logged_in(alice).cookies[django_settings.SESSION_COOKIE_NAME].value
    User.objects.filter(pk=alice.pk).update(is_active=False)
    browser = http.client.HTTPConnection("127.0.0.1", stream.port, timeout=20)
    browser.request("GET", "/notices", headers={"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={cookie}"})
    assert browser.getresponse().status == http.client.NO_CONTENT
    browser.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://127.0.0.1:8000"}, http.client.OK),
        ({"Origin": "http://127.0.0.1:8001"}, http.client.FORBIDDEN),
        ({"Origin": "https://evil.example"}, http.client.FORBIDDEN),
        ({"Origin": "null"}, http.client.FORBIDDEN),
        ({"Host": "evil.example"}, http.client.FORBIDDEN),
    ],
)
def test_only_our_own_pages_may_listen(stream: Stream, alice: User, headers: Event, status: int) -> None:
    with listening(stream, alice, **headers) as answer:
        assert answer.status == status
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        assert allowed == (headers["Origin"] if status == http.client.OK else None)


def test_a_real_browser_hears_it_on_a_page_with_our_policy(
    live_server: LiveServer, alice: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread
    with pushing(live_server.thread.port) as stream, chromium() as browser:
        settings.PUSH_PORT = str(stream.port)
        page = browser.new_page(base_url=live_server.url)
        log_in(page, alice.email, PASSWORD)
        page.goto("/accounts/profile/")
        assert page.evaluate("document.documentElement.dataset.push").endswith(f":{stream.port}/notices")
        page.evaluate(LISTEN)
        notify(topic="weather:here", kind="rain")
        connection.close()  # Playwright's loop has a connection of its own
        assert page.evaluate("window.heard")["kind"] == "rain"
        page.close()
    assert Notice.objects.get().number is not None


# Resolves when the stream is open; `heard` when the first notice has come.
LISTEN = """() => new Promise((opened) => {
  const source = new EventSource(document.documentElement.dataset.push, { withCredentials: true });
  source.onopen = () => opened();
  window.heard = new Promise((heard) =>
    source.addEventListener("weather:here", (message) => heard(JSON.parse(message.data))));
})"""
