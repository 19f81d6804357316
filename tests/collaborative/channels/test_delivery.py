from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from guanxi.collaborative.channels.actions import settle_doubt
from guanxi.collaborative.channels.mail.attempts import BACK_OFF, begin
from guanxi.collaborative.channels.mail.carriers import Captured, Smtp
from guanxi.collaborative.channels.mail.delivery import deliver_due, waiting
from guanxi.collaborative.channels.models import Attempt, Outage
from guanxi.customer.models import Consent, ContactRule, Event, Outbox
from guanxi.foundation.accounts.models import User
from guanxi.foundation.jobs.claims import claim
from tests.collaborative.channels.mail_server import MailServer, closed_port, mail_server
from tests.collaborative.channels.messages import message_to
from tests.willing import willing
from tests.world import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
END = Attempt.End


def smtp(server: MailServer) -> Smtp:
    return Smtp(urlsplit(f"smtp://127.0.0.1:{server.port}"), timeout=5)


def ends(row: Outbox) -> list[str]:
    return list(row.attempts.order_by("pk").values_list("end", flat=True))


def test_a_due_message_leaves_once_and_the_timeline_hears_of_it(company: object) -> None:
    row = message_to(willing("Wang"))
    with mail_server() as server:
        assert deliver_due(at=NOW, carrier=smtp(server)) == 1
        assert deliver_due(at=NOW, carrier=smtp(server)) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.failed_at, ends(row)) == (NOW, None, [END.SENT])
    assert server.recipients == ["wang@example.com"]
    event = Event.objects.get(kind="channels.message_sent")
    assert (event.party_id, event.channel, event.direction, event.at) == (row.party_id, "mail", "out", NOW)
    assert server.accepted[0]["Message-ID"] == row.attempts.get().message_id


def test_a_message_that_is_not_due_waits(company: object) -> None:
    message_to(willing("Wang"), due_at=NOW + MINUTE)
    assert deliver_due(at=NOW, carrier=Captured()) == 0
    assert deliver_due(at=NOW + MINUTE, carrier=Captured()) == 1


def test_a_captured_message_counts_as_sent_and_nothing_leaves(company: object) -> None:
    row = message_to(willing("Wang"))
    deliver_due(at=NOW, carrier=Captured())
    row.refresh_from_db()
    assert row.sent_at == NOW
    assert row.attempts.get().reply == "captured"


def test_consent_withdrawn_after_the_message_was_written_still_counts(company: object) -> None:
    party = willing("Wang")
    row = message_to(party)
    Consent.objects.create(
        party=party, source_record=party.source_records.get(), purpose="offers", channel="mail", is_given=False, at=NOW
    )
    with mail_server() as server:
        deliver_due(at=NOW, carrier=smtp(server))
    row.refresh_from_db()
    assert (row.sent_at, row.failed_at, row.error, ends(row)) == (None, NOW, "left out: refused", [])
    assert not server.accepted


def test_a_refused_recipient_fails_with_the_servers_words_and_the_others_arrive(company: object) -> None:
    gone, here = message_to(willing("Gone")), message_to(willing("Here"))
    with mail_server(rcpt=lambda address: "550 no such user" if "gone" in address else "250 OK") as server:
        deliver_due(at=NOW, carrier=smtp(server))
    gone.refresh_from_db()
    here.refresh_from_db()
    assert (gone.sent_at, gone.failed_at, gone.error) == (None, NOW, "550 no such user")
    assert (here.sent_at, here.failed_at) == (NOW, None)


def test_a_temporary_failure_is_tried_again_later_and_later_and_then_given_up(company: object) -> None:
    row = message_to(willing("Wang"))
    at = NOW
    with mail_server(rcpt=lambda _: "451 greylisted") as server:
        for pause in BACK_OFF:
            assert deliver_due(at=at, carrier=smtp(server)) == 1
            assert deliver_due(at=at + pause - MINUTE / 60, carrier=smtp(server)) == 0
            at += pause
        deliver_due(at=at, carrier=smtp(server))
    row.refresh_from_db()
    assert (row.sent_at, row.failed_at, row.error) == (None, at, "gave up: 451 greylisted")
    assert ends(row) == [END.POSTPONED] * (len(BACK_OFF) + 1)


def test_a_server_that_dies_in_the_content_leaves_one_doubt_that_is_never_sent_again(company: object) -> None:
    rows = [message_to(willing(name)) for name in ("Wang", "Li", "Chen")]
    with mail_server(data=lambda _: "TAKE AND HANG UP") as server:
        deliver_due(at=NOW, carrier=smtp(server))
    assert [ends(row) for row in rows] == [[END.IN_DOUBT], [], []]
    with mail_server() as healthy:
        deliver_due(at=NOW + timedelta(hours=1), carrier=smtp(healthy))
        deliver_due(at=NOW + timedelta(hours=2), carrier=smtp(healthy))
    assert sorted(healthy.recipients) == ["chen@example.com", "li@example.com"]
    assert server.recipients == ["wang@example.com"]


def test_while_the_server_is_down_nothing_is_lost_and_it_is_asked_more_and_more_seldom(company: object) -> None:
    row = message_to(willing("Wang"))
    down = Smtp(urlsplit(f"smtp://127.0.0.1:{closed_port()}"), timeout=1)
    assert deliver_due(at=NOW, carrier=down) == 0
    assert deliver_due(at=NOW, carrier=down) == 0
    outage = Outage.objects.get(ended_at=None)
    assert (outage.tries, outage.since) == (1, NOW)
    deliver_due(at=outage.next_try_at, carrier=down)
    later = Outage.objects.get(ended_at=None)
    assert later.next_try_at - outage.next_try_at > outage.next_try_at - NOW
    assert ends(row) == []
    with mail_server() as server:
        assert deliver_due(at=later.next_try_at, carrier=smtp(server)) == 1
    assert not Outage.objects.filter(ended_at=None).exists()
    assert server.recipients == ["wang@example.com"]


def test_a_clock_that_was_set_back_does_not_keep_the_server_waiting(company: object) -> None:
    message_to(willing("Wang"), due_at=NOW - timedelta(days=2))
    Outage.objects.create(channel="mail", since=NOW, error="down", next_try_at=NOW + MINUTE)
    assert deliver_due(at=NOW - timedelta(days=1), carrier=Captured()) == 1


def test_a_sender_the_server_refuses_fails_no_message(company: object) -> None:
    row = message_to(willing("Wang"))
    with mail_server(mail="553 not your address") as server:
        deliver_due(at=NOW, carrier=smtp(server))
    row.refresh_from_db()
    assert row.failed_at is None
    assert Outage.objects.get().error == "553 not your address"


def test_a_worker_that_vanished_leaves_a_doubt_and_the_rest_of_its_rows_come_back(company: object) -> None:
    rows = [message_to(willing(name)) for name in ("Wang", "Li")]
    held = claim(waiting(NOW))
    begin(held[:1], at=NOW)
    with mail_server() as server:
        deliver_due(at=NOW, carrier=smtp(server), lease=timedelta(0))
    assert [ends(row) for row in rows] == [[END.IN_DOUBT], [END.SENT]]
    assert server.recipients == ["li@example.com"]


def test_a_worker_that_was_too_slow_finds_its_rows_taken(company: object) -> None:
    message_to(willing("Wang"))
    slow = claim(waiting(NOW))
    deliver_due(at=NOW, carrier=Captured(), lease=timedelta(0))
    assert begin(slow, at=NOW) == []


@pytest.mark.parametrize(("has_arrived", "sent_again"), [(True, 0), (False, 1)])
def test_a_person_settles_a_doubt(has_arrived: bool, sent_again: int, sue: User) -> None:
    row = message_to(willing("Wang"))
    with mail_server(data=lambda _: "HANG UP") as server:
        deliver_due(at=NOW, carrier=smtp(server))
    settle_doubt(row=row, has_arrived=has_arrived, by=sue, at=NOW)
    with mail_server() as server:
        assert deliver_due(at=NOW + timedelta(hours=1), carrier=smtp(server)) == sent_again
    row.refresh_from_db()
    assert row.sent_at is not None


def test_frequency_is_counted_again_at_delivery(company: object) -> None:
    ContactRule.objects.create(purpose="offers", channel="mail", most=1, days=7)
    party = willing("Wang")
    first, second = message_to(party, key="a"), message_to(party, key="b")
    deliver_due(at=NOW, carrier=Captured())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.sent_at, second.sent_at) == (NOW, None)
    assert second.error == "left out: too_often"
