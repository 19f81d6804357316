"""May we write to this customer? Decided in one place, by what the customer said and how often they have heard from us."""

from datetime import datetime, timedelta

import pytest

from guanxi.customer import contact_policy
from guanxi.customer.actions import record_consent
from guanxi.customer.contact_policy import Reason
from guanxi.customer.models import ContactRule, Event, Outbox, Party
from guanxi.customer.models.consent import Purpose
from guanxi.customer.outbox import Outgoing, put_in_outbox
from tests.customer.incoming import DAY, SPRING, known

pytestmark = pytest.mark.django_db
NOW = SPRING + 30 * DAY
MAIL, OFFERS = Event.Channel.MAIL, Purpose.OFFERS


@pytest.fixture
def mei() -> Party:
    return known("C-1", name="Mei Jones", email="mei@example.org")


def says(party: Party, answer: bool, at: datetime = SPRING, purpose: str = OFFERS) -> None:
    record_consent(party=party, purpose=purpose, channel=MAIL, is_given=answer, at=at, by=None, proof="Till form")


def reason(party: Party, purpose: str = OFFERS, channel: str = MAIL, queued: int | None = None) -> str:
    return contact_policy.decide(party.pk, purpose=purpose, channel=channel, at=NOW, queued=queued).reason


def message(party: Party, key: str, due_at: datetime = NOW) -> Outgoing:
    return Outgoing(
        key=key,
        party=party.pk,
        source_record=party.source_records.get(source__key="till").pk,
        channel=MAIL,
        purpose=OFFERS,
        address=party.email,
        subject="Spring",
        body="Hello",
        due_at=due_at,
    )


def test_offers_need_consent_and_service_does_not(mei: Party) -> None:
    assert reason(mei) == Reason.NO_CONSENT
    assert reason(mei, Purpose.SERVICE) == Reason.NONE
    says(mei, True)
    assert reason(mei) == Reason.NONE


def test_the_latest_answer_counts_and_answers_of_tomorrow_do_not_count_yet(mei: Party) -> None:
    says(mei, False, SPRING + 2 * DAY)
    says(mei, True, SPRING + DAY)
    assert reason(mei) == Reason.REFUSED
    says(mei, True, NOW + DAY)
    assert reason(mei) == Reason.REFUSED


def test_who_refuses_even_service_messages_is_left_alone_on_that_channel(mei: Party) -> None:
    says(mei, True)
    says(mei, False, purpose=Purpose.SERVICE)
    assert reason(mei) == Reason.DO_NOT_CONTACT
    assert reason(mei, Purpose.SERVICE) == Reason.DO_NOT_CONTACT


def test_consent_without_an_address_is_not_enough() -> None:
    nobody = known("C-2", name="Otto Kern")
    says(nobody, True)
    assert reason(nobody) == Reason.NO_ADDRESS


def test_messages_that_wait_count_like_sent_ones(mei: Party) -> None:
    says(mei, True)
    ContactRule.objects.create(purpose=OFFERS, most=1, days=7)
    put_in_outbox([message(mei, "one")])
    assert reason(mei) == Reason.TOO_OFTEN


def test_at_delivery_only_messages_ahead_in_the_queue_count(mei: Party) -> None:
    says(mei, True)
    ContactRule.objects.create(purpose=OFFERS, most=1, days=7)
    put_in_outbox([message(mei, "one"), message(mei, "two")])
    first, second = Outbox.objects.order_by("pk")
    assert reason(mei, queued=first.pk) == Reason.NONE
    assert reason(mei, queued=second.pk) == Reason.TOO_OFTEN


@pytest.mark.parametrize(("ago", "answer"), [(6, Reason.TOO_OFTEN), (8, Reason.NONE)])
def test_a_rule_forgets_after_its_days(mei: Party, ago: int, answer: str) -> None:
    says(mei, True)
    ContactRule.objects.create(purpose=OFFERS, most=1, days=7)
    put_in_outbox([message(mei, "one")])
    Outbox.objects.update(sent_at=NOW - timedelta(days=ago))
    assert reason(mei) == answer


def test_a_failed_message_was_not_heard(mei: Party) -> None:
    says(mei, True)
    ContactRule.objects.create(purpose=OFFERS, most=1, days=7)
    put_in_outbox([message(mei, "one")])
    Outbox.objects.update(failed_at=NOW)
    assert reason(mei) == Reason.NONE


def test_a_message_with_a_known_key_is_not_written_twice(mei: Party) -> None:
    assert put_in_outbox([message(mei, "one"), message(mei, "two")]) == 2
    assert put_in_outbox([message(mei, "two"), message(mei, "three")]) == 1
    assert Outbox.objects.count() == 3


def test_many_are_decided_in_two_queries(django_assert_num_queries: object) -> None:
    parties = [known(f"C-{n}", email=f"c{n}@example.org").pk for n in range(20)]
    ContactRule.objects.create(purpose=OFFERS, most=1, days=7)
    with django_assert_num_queries(2):  # type: ignore[operator]
        decisions = contact_policy.decide_all(parties, purpose=OFFERS, channel=MAIL, at=NOW)
    assert {each.reason for each in decisions.values()} == {Reason.NO_CONSENT}
    assert set(decisions) == set(parties)
