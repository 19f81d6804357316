"""Notices: part of the business transaction, relayed in the order of commitment, heard by whom they may be heard."""

from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from guanxi.foundation.accounts.models import User
from guanxi.foundation.push.actions import notify
from guanxi.foundation.push.hub import audible, notices_after
from guanxi.foundation.push.jobs import forget_old
from guanxi.foundation.push.models import Notice
from guanxi.foundation.push.relay import relay_once
from guanxi.foundation.push.topics import UnknownTopicError

from .conftest import conninfo

pytestmark = pytest.mark.django_db(transaction=True)


def relayed() -> list[str]:
    with psycopg.connect(conninfo(), autocommit=True) as connection:
        relay_once(connection)
    return [notice.kind for notice in notices_after(0)]


def test_a_notice_is_told_only_if_its_transaction_commits() -> None:
    with transaction.atomic():
        notify(topic="weather:here", kind="rain")
        transaction.set_rollback(True)
    assert relayed() == []


def test_the_order_is_that_of_commitment_not_of_numbering(
    second_connection: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    second_connection.execute("INSERT INTO push_notice (topic, kind, payload) VALUES ('weather:here', 'slow', '{}')")
    notify(topic="weather:here", kind="quick")
    assert relayed() == ["quick"]
    second_connection.commit()
    assert relayed() == ["quick", "slow"]


def test_a_topic_that_nobody_opened_cannot_be_spoken_about() -> None:
    with pytest.raises(UnknownTopicError, match="gossip"):
        notify(topic="gossip:office", kind="rumour")


def test_everybody_hears_only_what_a_door_lets_them_hear(alice: User, bob: User) -> None:
    for topic in ("weather:here", "secret:plan", f"user:{alice.pk}", "nobody-opened:this"):
        Notice.objects.create(topic=topic, kind="news")
    notices = list(Notice.objects.order_by("pk"))
    assert [notice.topic for notice in audible(alice, notices)] == ["weather:here", f"user:{alice.pk}"]
    assert [notice.topic for notice in audible(bob, notices)] == ["weather:here"]


def test_old_notices_are_forgotten_but_never_before_they_were_told() -> None:
    for number in (None, 1):
        Notice.objects.create(topic="weather:here", kind=f"{number}", number=number)
    Notice.objects.update(at=timezone.now() - timedelta(days=3))
    forget_old()
    assert [notice.kind for notice in Notice.objects.all()] == ["None"]
