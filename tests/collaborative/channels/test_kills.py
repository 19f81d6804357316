"""Workers are killed while they send; no customer gets a message twice, none is lost, and each ends in one state."""

import random

import pytest

from guanxi.collaborative.channels.models import Attempt
from guanxi.collaborative.channels.queries import CONDITIONS
from guanxi.customer.models import Event, Outbox
from tests.collaborative.channels.mail_server import mail_server
from tests.collaborative.channels.messages import message_to
from tests.killing import kill_at_random, run_until
from tests.willing import willing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]


def settled() -> bool:
    return not Outbox.objects.filter(CONDITIONS["waiting"]).exists()


def prove_delivery(*, messages: int, kills: int) -> None:
    rows = [message_to(willing(f"Wang{number}")) for number in range(messages)]
    with mail_server(seconds=0.005) as server:
        kill_at_random("mail", server.port, rounds=kills, longest=0.6, chance=random.Random(7))
        run_until("mail", server.port, settled)
    got = server.recipients
    assert len(got) == len(set(got)), "somebody got a message twice"
    states = [[state for state, where in CONDITIONS.items() if Outbox.objects.filter(where, pk=row.pk)] for row in rows]
    assert all(len(each) == 1 for each in states)
    sent, doubtful = (
        {row.address for row in Outbox.objects.filter(CONDITIONS[state])} for state in ("sent", "in_doubt")
    )
    assert sent <= set(got) <= sent | doubtful
    assert len(doubtful) <= kills
    assert Event.objects.filter(kind="channels.message_sent").count() == len(sent)
    assert Attempt.objects.count() == messages


def test_workers_killed_in_a_loop_while_sending_lose_and_double_nothing(company: object) -> None:
    prove_delivery(messages=600, kills=20)
