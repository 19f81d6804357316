"""A change of owners taken back: only what still stands as it left it, and only as far as the pool's caps allow."""

import pytest
from django.urls import reverse

from guanxi.customer.actions.claiming import claim, return_to_pool
from guanxi.customer.actions.handing import hand_over, undo_handover
from guanxi.customer.actions.owning import assign_owner, undo_assignment
from guanxi.customer.actions.pooling import close_pool
from guanxi.customer.models import Claim, Handover, HoldingCap, Party, Reading
from guanxi.customer.models.reading import Computation
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.customer.incoming import known
from tests.customer.pool.seas import DAY, claim_of, lying, owner_of, pool
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def given(party: Party, owner: User | None, *, by: User, day: int) -> Entry:
    entry = assign_owner(parties=[party.pk], owner=owner, by=by, at=NOW + day * DAY)
    assert entry is not None
    return entry


def test_who_came_to_the_same_owner_again_by_another_way_stays(alice: User, bob: User, sue: User) -> None:
    party = known("C-1", owner=alice)
    first = given(party, bob, by=sue, day=1)
    given(party, alice, by=sue, day=2)
    given(party, bob, by=sue, day=3)
    assert undo_assignment(entry=first, by=sue, at=NOW + 4 * DAY) == set()
    assert owner_of(party) == bob


def test_who_was_returned_and_claimed_since_stays_with_the_claim(alice: User, bob: User, sue: User) -> None:
    sea, (fish,) = pool(cool_down_days=0), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    entry = given(fish, bob, by=sue, day=1)
    return_to_pool(party=fish, reason="no answer", by=bob, at=NOW + 2 * DAY)
    claim(pool=sea, parties=[fish.pk], by=bob, at=NOW + 3 * DAY)
    assert undo_assignment(entry=entry, by=sue, at=NOW + 4 * DAY) == set()
    assert (owner_of(fish), claim_of(fish).origin) == (bob, "claimed")


def test_an_undo_makes_nobody_hold_more_than_the_pool_allows(alice: User, bob: User) -> None:
    """Alice parks one with Bob, claims another in its place, and takes the first back."""
    sea, fish = pool(holding_cap=2), lying(4)
    claim(pool=sea, parties=[each.pk for each in fish[:2]], by=alice, at=NOW)
    entry = assign_owner(parties=[each.pk for each in fish[:2]], owner=bob, by=alice, at=NOW)
    claim(pool=sea, parties=[fish[2].pk], by=alice, at=NOW + DAY)
    assert entry
    assert undo_assignment(entry=entry, by=alice, at=NOW + 2 * DAY) == {fish[0].pk}
    assert [owner_of(each) for each in fish] == [alice, bob, alice, None]
    assert claim_of(fish[1]).holder == bob
    assert Claim.objects.filter(holder=alice, released_at=None).count() == 2


def test_an_undo_makes_nobody_hold_more_of_a_tier_than_the_pool_allows(alice: User, bob: User) -> None:
    sea, fish = pool(), lying(3)
    HoldingCap.objects.create(pool=sea, tier="vip", most=1)
    computation = Computation.objects.create(as_of=NOW, published_at=NOW)
    for each, tier in zip(fish, ("vip", "small", "vip"), strict=True):
        Reading.objects.create(party=each, computation=computation, tier=tier)
    claim(pool=sea, parties=[fish[0].pk, fish[1].pk], by=alice, at=NOW)
    entry = assign_owner(parties=[fish[0].pk, fish[1].pk], owner=bob, by=alice, at=NOW)
    claim(pool=sea, parties=[fish[2].pk], by=alice, at=NOW + DAY)
    assert entry
    assert undo_assignment(entry=entry, by=alice, at=NOW + 2 * DAY) == {fish[1].pk}
    assert owner_of(fish[0]) == bob


def test_what_was_claimed_from_a_pool_closed_since_goes_back_under_no_rules(alice: User, bob: User, sue: User) -> None:
    sea, (fish,) = pool(), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    entry = given(fish, bob, by=sue, day=1)
    close_pool(pool=sea, by=sue, at=NOW + 2 * DAY)
    assert undo_assignment(entry=entry, by=sue, at=NOW + 3 * DAY) == {fish.pk}
    assert owner_of(fish) == alice
    assert not Claim.objects.filter(released_at=None).exists()


def test_whoever_an_undo_leaves_is_named(alice: User, bob: User, sue: User) -> None:
    parties = [known(f"C-{n}", name=f"Mei {n}", owner=alice) for n in range(12)]
    entry = assign_owner(parties=[each.pk for each in parties], owner=bob, by=sue, at=NOW)
    assert entry
    assign_owner(parties=[each.pk for each in parties[1:]], owner=None, by=sue, at=NOW + DAY)
    page = logged_in(sue).post(reverse("customer:undo", args=[entry.pk]), follow=True).content.decode()
    assert "1 customer is as before." in page
    assert "Left as they are" in page
    assert "Mei 1, " in page
    assert "1 more" in page
    assert owner_of(parties[0]) == alice


def handed(leaver: User, receiver: User, by: User) -> Handover:
    return hand_over(
        leaver=leaver, receivers=[receiver], way=Handover.Way.TURNS, moving=[], close_log_in=False, by=by, at=NOW
    )


def test_who_came_back_to_the_receiver_since_the_hand_over_stays_and_is_listed(
    alice: User, bob: User, carol: User, sue: User
) -> None:
    gone, still = known("C-1", name="Mei", owner=alice), known("C-2", name="Otto", owner=alice)
    made = handed(alice, bob, sue)
    given(gone, carol, by=sue, day=1)
    given(gone, bob, by=sue, day=2)
    assert undo_handover(handover=made, by=sue, at=NOW + 3 * DAY).customers == 1
    assert (owner_of(gone), owner_of(still)) == (bob, alice)
    page = logged_in(sue).get(reverse("ownership:handover", args=[made.pk])).content.decode()
    assert "1 customer did not go back" in page
    assert "Mei" in page


def test_an_undone_hand_over_keeps_within_what_the_leaver_may_hold(alice: User, bob: User, sue: User) -> None:
    sea, fish = pool(holding_cap=1), lying(2)
    claim(pool=sea, parties=[fish[0].pk], by=alice, at=NOW - DAY)
    made = handed(alice, bob, sue)
    claim(pool=sea, parties=[fish[1].pk], by=alice, at=NOW + DAY)
    assert undo_handover(handover=made, by=sue, at=NOW + 2 * DAY).customers == 0
    assert [owner_of(each) for each in fish] == [bob, alice]
    assert claim_of(fish[0]).holder == bob
