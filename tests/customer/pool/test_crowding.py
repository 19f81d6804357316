"""Many claim at the same moment, on connections of their own: caps hold and nobody is claimed twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from guanxi.customer.actions import write_note
from guanxi.customer.actions.claiming import claim
from guanxi.customer.actions.recycling import recycle_lot
from guanxi.customer.models import Claim, Event, Party
from guanxi.foundation.errors import UserError
from tests.customer.pool.seas import DAY, claim_of, lying, owner_of, pool
from tests.world import NOW, person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread of its own, all from the same moment on; a refusal is its answer."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except UserError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_one_colleague_in_many_tabs_stays_within_both_caps(company: object) -> None:
    alice, sea, fish = person("alice"), pool(claim_cap=5, holding_cap=4), lying(12)
    at_once(*(lambda pk=each.pk: claim(pool=sea, parties=[pk], by=alice, at=NOW) for each in fish))  # type: ignore[misc]
    assert Claim.objects.filter(holder=alice, released_at=None).count() == 4
    assert Party.objects.filter(owner=alice).count() == 4


def test_a_customer_whom_many_want_goes_to_one(company: object) -> None:
    people, sea, (fish,) = [person(each) for each in ("alice", "bob", "carol")], pool(), lying()
    answers = at_once(*(lambda by=each: claim(pool=sea, parties=[fish.pk], by=by, at=NOW) for each in people))  # type: ignore[misc]
    assert sum(isinstance(each, UserError) for each in answers) == 2
    winner = claim_of(fish).holder
    assert owner_of(fish) == winner
    assert Event.objects.filter(party=fish, kind="customer.owner_changed").count() == 1


def test_overlapping_wishes_in_opposite_orders_come_to_an_end(company: object) -> None:
    sea, fish = pool(claim_cap=50), lying(10)
    ids = [each.pk for each in fish]
    alice, bob = person("alice"), person("bob")
    at_once(
        *(lambda: claim(pool=sea, parties=ids, by=alice, at=NOW) for _ in range(2)),
        *(lambda: claim(pool=sea, parties=ids[::-1], by=bob, at=NOW) for _ in range(2)),
    )
    assert Claim.objects.filter(released_at=None).count() == 10
    assert Party.objects.values("owner").distinct().count() == 1  # who came first took them all


def test_two_workers_and_a_follow_up_recycle_each_customer_once_or_never(company: object) -> None:
    alice, sea, fish = person("alice"), pool(claim_cap=50), lying(20)
    claim(pool=sea, parties=[each.pk for each in fish], by=alice, at=NOW)
    late = NOW + 30 * DAY
    at_once(
        lambda: recycle_lot(at=late, most=15),
        lambda: recycle_lot(at=late, most=15),
        *(lambda party=each: write_note(party=party, text="in time", by=alice, at=late) for each in fish[:6]),  # type: ignore[misc]
    )
    while recycle_lot(at=late):
        pass
    for each in fish:
        ended = Claim.objects.filter(party=each, cause="recycled").count()
        told = Event.objects.filter(party=each, kind="customer.owner_changed", at=late).count()
        assert ended == told == (owner_of(each) is None)
        if ended == 0:
            assert claim_of(each).recycle_at == late + 15 * DAY
