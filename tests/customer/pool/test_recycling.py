"""Customers fall back when their protection ends or a rule says so, and never before."""

import pytest

from guanxi.customer.actions import log_call, write_note
from guanxi.customer.actions.claiming import claim
from guanxi.customer.actions.recycling import recycle_lot
from guanxi.customer.jobs import recycle_due
from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import Claim, Party, Pool, Reading, RecycleRule
from guanxi.customer.models.reading import Computation
from guanxi.customer.queries.protections import protection_of, warned
from guanxi.foundation.accounts.models import User
from tests.customer.pool.seas import DAY, claim_of, lying, owner_of, pool
from tests.world import NOW

pytestmark = pytest.mark.django_db


def claimed(sea: Pool, by: User, number: int = 1) -> list[Party]:
    fish = lying(number)
    claim(pool=sea, parties=[each.pk for each in fish], by=by, at=NOW)
    return fish


def read(party: Party, **facts: object) -> None:
    computation = Computation.objects.create(as_of=NOW, published_at=NOW)
    Reading.objects.create(party=party, computation=computation, **facts)


def test_a_customer_falls_back_at_the_end_of_its_protection_and_not_a_moment_earlier(alice: User) -> None:
    (fish,) = claimed(pool(), alice)
    end = claim_of(fish).recycle_at
    assert recycle_lot(at=end - DAY / 86_400) == 0
    assert owner_of(fish) == alice
    assert recycle_lot(at=end) == 1
    assert (owner_of(fish), Party.objects.get(pk=fish.pk).team) == (None, alice.team)
    ended = Claim.objects.get(party=fish)
    assert (ended.cause, ended.released_at, ended.released_by) == ("recycled", end, None)


def test_the_holders_follow_up_renews_and_another_colleagues_does_not(alice: User, bob: User) -> None:
    one, other = claimed(pool(), alice, 2)
    log_call(party=one, text="hello", reached=True, minutes=3, incoming=False, by=alice, at=NOW + 20 * DAY)
    log_call(party=other, text="hello", reached=True, minutes=3, incoming=False, by=bob, at=NOW + 20 * DAY)
    assert claim_of(one).recycle_at == NOW + 35 * DAY
    assert claim_of(one).followed_at == NOW + 20 * DAY
    assert claim_of(other).recycle_at == NOW + 30 * DAY


@pytest.mark.parametrize(
    ("follow_ups", "ends"),
    [((10,), 30), ((20,), 35), ((20, 34), 49), ((20, 34, 30), 49), ((20, 34, 48, 62, 76, 89), 90)],
)
def test_the_database_renews_as_the_worked_examples_say(follow_ups: tuple[int, ...], ends: int, alice: User) -> None:
    (fish,) = claimed(pool(), alice)
    for day in follow_ups:
        write_note(party=fish, text="called", by=alice, at=NOW + day * DAY)
    assert claim_of(fish).recycle_at == NOW + ends * DAY


def test_bookkeeping_is_no_follow_up(alice: User) -> None:
    from guanxi.customer.actions import tag  # noqa: PLC0415

    (fish,) = claimed(pool(), alice)
    tag(parties=[fish.pk], name="regular", by=alice, at=NOW + 20 * DAY)
    assert claim_of(fish).recycle_at == NOW + 30 * DAY


def test_a_rule_of_silence_counts_from_the_last_follow_up_and_never_prolongs(alice: User) -> None:
    sea = pool()
    RecycleRule.objects.create(pool=sea, after="follow_up", days=10)
    quiet, called = claimed(sea, alice, 2)
    write_note(party=called, text="called", by=alice, at=NOW + 5 * DAY)
    assert protection_of(quiet).ends_at == NOW + 10 * DAY  # type: ignore[union-attr]
    assert protection_of(called).ends_at == NOW + 15 * DAY  # type: ignore[union-attr]
    RecycleRule.objects.update(days=400)
    assert protection_of(quiet).ends_at == NOW + 30 * DAY  # type: ignore[union-attr]


def test_a_rule_of_tiers_passes_the_others_over(alice: User) -> None:
    sea = pool()
    RecycleRule.objects.create(pool=sea, after="follow_up", days=7, tiers=["vip", "major"])
    vip, small = claimed(sea, alice, 2)
    read(vip, tier="vip"), read(small, tier="small")
    recycle_lot(at=NOW + 7 * DAY)
    assert (owner_of(vip), owner_of(small)) == (None, alice)


def test_a_rule_of_orders_counts_from_the_claim_or_the_order_whichever_is_later(alice: User) -> None:
    sea = pool()
    RecycleRule.objects.create(pool=sea, after="order", days=20)
    bought, before, never = claimed(sea, alice, 3)
    read(bought, last_order_at=NOW + 4 * DAY), read(before, last_order_at=NOW - 40 * DAY)
    ends = [protection_of(each).ends_at for each in (bought, before, never)]  # type: ignore[union-attr]
    assert ends == [NOW + 24 * DAY, NOW + 20 * DAY, NOW + 20 * DAY]


def test_a_rule_of_contracts_counts_from_the_midnight_after_their_end(alice: User) -> None:
    sea = pool()
    RecycleRule.objects.create(pool=sea, after="contract", days=5, field="contract_end")
    bound, free, odd = claimed(sea, alice, 3)
    Party.objects.filter(pk=bound.pk).update(custom={"contract_end": "2026-03-10"})
    Party.objects.filter(pk=odd.pk).update(custom={"contract_end": "in spring"})
    assert protection_of(bound).ends_at.isoformat() == "2026-03-16T00:00:00+00:00"  # type: ignore[union-attr]
    assert protection_of(free).ends_at == protection_of(odd).ends_at == NOW + 30 * DAY  # type: ignore[union-attr]


def test_a_rule_holds_in_its_own_pool_only(alice: User) -> None:
    sea, other = pool(), pool("north", team=alice.team)
    RecycleRule.objects.create(pool=other, after="follow_up", days=1)
    (fish,) = claimed(sea, alice)
    assert protection_of(fish).ends_at == NOW + 30 * DAY  # type: ignore[union-attr]


def test_the_job_recycles_all_that_is_due_in_lots(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    claimed(pool(claim_cap=100), alice, 7)
    monkeypatch.setattr("guanxi.customer.actions.recycling.LOT", 3)
    monkeypatch.setattr("guanxi.customer.jobs.pool.recycle_lot", lambda at: recycle_lot(at=NOW + 40 * DAY, most=3))
    recycle_due()
    assert Claim.objects.filter(cause="recycled").count() == 7
    assert not Party.objects.exclude(owner=None).exists()


def test_the_owner_is_warned_in_the_last_days(alice: User, bob: User) -> None:
    (fish,) = claimed(pool(warning_days=3), alice)
    assert not warned(alice, NOW + 26 * DAY)
    assert [each.party_id for each in warned(alice, NOW + 27 * DAY)] == [fish.pk]
    assert not warned(bob, NOW + 27 * DAY)


def test_a_claim_sleeps_while_its_customer_is_merged_away_and_wakes_with_the_undo(alice: User, bob: User) -> None:
    sea = pool()
    fish, survivor = lying(2)
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    claim(pool=sea, parties=[survivor.pk], by=bob, at=NOW)
    merge = merge_parties(absorbed=fish, survivor=survivor, by=bob, at=NOW + DAY)
    assert recycle_lot(at=NOW + 31 * DAY) == 1  # the survivor's own claim
    assert (owner_of(survivor), owner_of(fish)) == (None, alice)
    undo_merge(merge=merge, by=bob, at=NOW + 32 * DAY)
    assert recycle_lot(at=NOW + 33 * DAY) == 1
    assert owner_of(fish) is None
