from urllib.parse import urlsplit

import pytest

from guanxi.collaborative.channels.mail.carriers import Captured, Smtp
from guanxi.collaborative.channels.mail.delivery import deliver_due
from guanxi.collaborative.channels.models import Attempt, Outage
from guanxi.customer.models import Outbox
from guanxi.foundation.accounts.models import User
from tests.collaborative.channels.mail_server import mail_server
from tests.collaborative.channels.messages import message_to
from tests.willing import willing
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def in_doubt(name: str) -> Outbox:
    row = message_to(willing(name))
    with mail_server(data=lambda _: "HANG UP") as server:
        deliver_due(at=NOW, carrier=Smtp(urlsplit(f"smtp://127.0.0.1:{server.port}"), timeout=5))
    Outage.objects.all().delete()
    return row


def test_the_outbox_shows_each_message_in_exactly_one_state(sue: User) -> None:
    in_doubt("Doubt")
    message_to(willing("Sent"), sent_at=NOW)
    message_to(willing("Failed"), failed_at=NOW, error="550 no such user")
    message_to(willing("Waiting"))
    client = logged_in(sue)
    for state, name in (("in_doubt", "Doubt"), ("sent", "Sent"), ("failed", "Failed"), ("waiting", "Waiting")):
        page = client.get("/channels/outbox/", {"state": state}).content.decode()
        shown = {each for each in ("Doubt", "Sent", "Failed", "Waiting") if f"{each.lower()}@example.com" in page}
        assert shown == {name}
    assert client.get("/channels/outbox/", {"state": "lost"}).status_code == 404


def test_the_list_goes_on_where_it_ended(sue: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guanxi.collaborative.channels.queries.PAGE", 2)
    rows = [message_to(willing(f"Wang{number}")) for number in range(5)]
    client, seen, before = logged_in(sue), [], ""
    while before is not None:
        context = client.get("/channels/outbox/", {"before": before}).context
        seen += [row.pk for row in context["rows"]]
        before = context["more"]
    assert seen == [row.pk for row in reversed(rows)]


def test_a_message_shows_its_headers_and_its_attempts(sue: User) -> None:
    row = message_to(willing("Wang"))
    deliver_due(at=NOW, carrier=Captured())
    page = logged_in(sue).get(f"/channels/outbox/{row.pk}/").content.decode()
    assert row.attempts.get().message_id.strip("<>") in page
    assert "captured" in page


def test_the_link_that_ends_a_customers_messages_is_shown_to_nobody_else(sue: User) -> None:
    url = "https://guanxi.example/unsubscribe/secret/"
    row = message_to(willing("Wang"), body=f"Tea.\n{url}", unsubscribe_url=url)
    deliver_due(at=NOW, carrier=Captured())
    for part in ("", "body/"):
        page = logged_in(sue).get(f"/channels/outbox/{row.pk}/{part}").content.decode()
        assert "secret" not in page
        assert "/unsubscribe/***/" in page
    row.refresh_from_db()
    assert row.unsubscribe_url == url


def test_the_body_is_served_into_a_sandbox(sue: User) -> None:
    row = message_to(willing("Wang"), body="<script>alert(1)</script>")
    answer = logged_in(sue).get(f"/channels/outbox/{row.pk}/body/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in answer.content.decode()


def test_messages_to_customers_one_may_not_see_are_not_there(alice: User, sue: User, mallory: User) -> None:
    row = message_to(willing("Wang"))
    assert logged_in(sue).get(f"/channels/outbox/{row.pk}/").status_code == 200
    for colleague in (alice, mallory):
        for part in ("", "body/"):
            assert logged_in(colleague).get(f"/channels/outbox/{row.pk}/{part}").status_code == 404


def test_a_marketer_sees_only_messages_to_customers_within_reach(alice: User, carol: User) -> None:
    for verb in ("outbox.read",):
        alice.role.grants.get_or_create(verb=verb, defaults={"reach": "all"})  # type: ignore[union-attr]
    mine, others = message_to(willing("Mine", owner=alice)), message_to(willing("Theirs", owner=carol))
    client = logged_in(alice)
    assert client.get(f"/channels/outbox/{mine.pk}/").status_code == 200
    assert client.get(f"/channels/outbox/{others.pk}/").status_code == 404
    assert "theirs@example.com" not in client.get("/channels/outbox/").content.decode()


def test_a_person_settles_a_doubt_on_its_page(sue: User) -> None:
    row = in_doubt("Wang")
    client, address = logged_in(sue), f"/channels/outbox/{row.pk}/settlement/"
    assert "It arrived" in client.get(f"/channels/outbox/{row.pk}/").content.decode()
    client.post(address, {"arrived": "yes"})
    assert row.attempts.get().end == Attempt.End.SENT
    assert "no longer in doubt" in client.post(address, {"arrived": "no"}, follow=True).content.decode()


def test_an_outage_is_said_on_the_page(sue: User) -> None:
    Outage.objects.create(channel="mail", since=NOW, error="connection refused", next_try_at=NOW)
    assert "connection refused" in logged_in(sue).get("/channels/outbox/").content.decode()


def test_the_tally_counts_a_programmes_messages(sue: User) -> None:
    message_to(willing("Wang"), programme=7, sent_at=NOW)
    message_to(willing("Li"), programme=8)
    tally = logged_in(sue).get("/channels/outbox/tally/", {"programme": 7}).context["tally"]
    assert {each.key: each.number for each in tally} == {"waiting": 0, "sent": 1, "failed": 0, "in_doubt": 0}
    assert logged_in(sue).get("/channels/outbox/tally/", {"programme": "x"}).status_code == 404
