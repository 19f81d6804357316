"""Two colleagues change one customer at the same moment: each comes to an end, one after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep

import pytest
from django.db import connection, transaction

from guanxi.customer.actions import assign_owner, begin_relationship, correct_field, own_record
from guanxi.customer.actions.claiming import claim
from guanxi.customer.actions.handing import hand_over
from guanxi.customer.models import Handover, Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.pool.seas import owner_of, pool
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], object]
WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def one_after_the_other(party: Party, *acts: Act) -> None:
    """Begin each act while somebody holds the customer, let all go on at once, and see that none of them failed."""
    with ThreadPoolExecutor(len(acts)) as threads:
        with held(party):
            begun: list[Future[object]] = []
            for act in acts:
                begun.append(threads.submit(alone, act))
                until_settled(begun)
        for each in begun:
            each.result(timeout=30)


@contextmanager
def held(party: Party) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM customer_party WHERE id = %s FOR NO KEY UPDATE", [party.pk])
        yield


def alone(act: Act) -> object:
    """Act on a connection of its own."""
    try:
        return act()
    finally:
        connection.close()


def until_settled(begun: list[Future[object]]) -> None:
    """Until everybody has finished or waits for somebody."""
    with connection.cursor() as cursor:
        for _ in range(1000):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= sum(not each.done() for each in begun):
                return
            sleep(0.02)
    raise AssertionError("somebody neither finished nor waits")


@pytest.fixture(params=["typed about before", "never typed about"])
def mei(request: pytest.FixtureRequest, alice: User) -> Party:
    party = known("C-1", name="Mei", city="Leeds", owner=alice)
    if request.param == "typed about before":
        own_record(party=party, at=NOW)
    return party


def to_york(party: Party, by: User) -> Act:
    return lambda: correct_field(party=party, field="city", text="York", by=by, at=NOW)


def to(owner: User, party: Party, by: User) -> Act:
    return lambda: assign_owner(parties=[party.pk], owner=owner, by=by, at=NOW)


def test_a_correction_and_a_change_of_owner(mei: Party, alice: User, bob: User, sue: User) -> None:
    one_after_the_other(mei, to(bob, mei, sue), to_york(mei, alice))
    mei.refresh_from_db()
    assert (mei.owner, mei.city) == (bob, "York")


def book_to(receiver: User, leaver: User, by: User, *, close: bool = False) -> Act:
    return lambda: hand_over(
        leaver=leaver, receivers=[receiver], way=Handover.Way.TURNS, moving=[], close_log_in=close, by=by, at=NOW
    )


def test_a_correction_and_a_hand_over(mei: Party, alice: User, bob: User, sue: User) -> None:
    one_after_the_other(mei, book_to(bob, alice, sue), to_york(mei, alice))
    mei.refresh_from_db()
    assert (mei.owner, mei.city) == (bob, "York")


def test_a_hand_over_that_closes_the_log_in_of_somebody_who_claims(
    mei: Party, alice: User, bob: User, sue: User, ada: User
) -> None:
    sea = pool()

    def claim_own() -> None:
        with pytest.raises(UserError):
            claim(pool=sea, parties=[mei.pk], by=alice, at=NOW)

    one_after_the_other(mei, book_to(bob, alice, sue, close=True), claim_own)
    assert owner_of(mei) == bob
    assert not User.objects.get(pk=alice.pk).is_active


def test_a_relationship_and_a_correction(mei: Party, alice: User, sue: User) -> None:
    firm = known("F-1", name="Northgate", kind="organisation", owner=alice)
    one_after_the_other(
        mei,
        lambda: begin_relationship(party=mei, other=firm, kind="works_at", by=sue, at=NOW),
        to_york(mei, alice),
    )
    mei.refresh_from_db()
    assert mei.city == "York"
