"""Claiming from the public pool: who may, how many, whom not again so soon."""

from datetime import UTC, datetime

import pytest

from guanxi.customer.access import visible_parties
from guanxi.customer.actions import create_customer, write_note
from guanxi.customer.actions.claiming import claim, enrol_held, return_to_pool
from guanxi.customer.actions.giving import hold
from guanxi.customer.actions.owning import assign_owner, undo_assignment
from guanxi.customer.models import Claim, Event, HoldingCap, Party, Pool, Reading, Territory
from guanxi.customer.models.reading import Computation
from guanxi.customer.pool import pools_of, scopes
from guanxi.foundation.access.models import Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.pool.seas import DAY, claim_of, given, lying, owner_of, pool
from tests.world import NOW

pytestmark = pytest.mark.django_db


def ids(parties: list[Party]) -> list[int]:
    return [each.pk for each in parties]


def tier(party: Party, key: str) -> None:
    computation = Computation.objects.first() or Computation.objects.create(as_of=NOW, published_at=NOW)
    Reading.objects.create(party=party, computation=computation, tier=key)


def test_a_claim_gives_the_customer_to_the_colleague_and_their_team_with_the_days_of_the_pool(alice: User) -> None:
    sea, (fish,) = pool(), lying()
    assert claim(pool=sea, parties=[fish.pk], by=alice, at=NOW).parties == [fish.pk]
    party = Party.objects.get(pk=fish.pk)
    made = claim_of(fish)
    assert (party.owner, party.team) == (alice, alice.team)
    assert (made.recycle_at, made.maximum_at) == (NOW + 30 * DAY, NOW + 90 * DAY)
    assert Event.objects.filter(party=fish, kind="customer.owner_changed", by=alice, at=NOW).count() == 1


def test_an_owned_customer_lies_in_no_pool(alice: User, bob: User) -> None:
    sea, taken = pool(), known("C-1", owner=alice)
    with pytest.raises(UserError, match="somebody was faster"):
        claim(pool=sea, parties=[taken.pk], by=bob, at=NOW)
    assert owner_of(taken) == alice


def test_the_claim_cap_counts_the_companys_calendar_day(alice: User) -> None:
    sea, fish = pool(claim_cap=2), lying(4)
    night = datetime(2026, 6, 1, 22, 50, tzinfo=UTC)  # 23:50 in London
    claim(pool=sea, parties=ids(fish[:2]), by=alice, at=night)
    with pytest.raises(UserError, match="0 more from this pool today"):
        claim(pool=sea, parties=[fish[2].pk], by=alice, at=night)
    claim(pool=sea, parties=[fish[2].pk], by=alice, at=datetime(2026, 6, 1, 23, 5, tzinfo=UTC))  # 00:05 on 2 June
    assert owner_of(fish[2]) == alice


def test_returning_a_customer_gives_back_no_claim_of_the_day(alice: User) -> None:
    sea, fish = pool(claim_cap=1), lying(2)
    claim(pool=sea, parties=[fish[0].pk], by=alice, at=NOW)
    return_to_pool(party=fish[0], reason="wrong number", by=alice, at=NOW)
    with pytest.raises(UserError, match="1 of 1 are used"):
        claim(pool=sea, parties=[fish[1].pk], by=alice, at=NOW)


def test_a_wish_beyond_the_cap_claims_nobody(alice: User) -> None:
    sea, fish = pool(claim_cap=2), lying(3)
    with pytest.raises(UserError, match="2 more"):
        claim(pool=sea, parties=ids(fish), by=alice, at=NOW)
    assert not Claim.objects.exists()
    assert not Party.objects.exclude(owner=None).exists()


def test_the_holding_cap_counts_what_is_held_and_a_return_makes_room(alice: User) -> None:
    sea, fish = pool(holding_cap=2), lying(3)
    claim(pool=sea, parties=ids(fish[:2]), by=alice, at=NOW)
    with pytest.raises(UserError, match="You hold 2 customers"):
        claim(pool=sea, parties=[fish[2].pk], by=alice, at=NOW)
    return_to_pool(party=Party.objects.get(pk=fish[0].pk), reason="no need", by=alice, at=NOW)
    assert claim(pool=sea, parties=[fish[2].pk], by=alice, at=NOW).parties == [fish[2].pk]


def test_a_tier_can_have_a_holding_cap_of_its_own(alice: User) -> None:
    sea, fish = pool(), lying(3)
    HoldingCap.objects.create(pool=sea, tier="vip", most=1)
    tier(fish[0], "vip"), tier(fish[1], "vip"), tier(fish[2], "small")
    claim(pool=sea, parties=[fish[0].pk, fish[2].pk], by=alice, at=NOW)
    with pytest.raises(UserError, match="0 more of tier VIP"):
        claim(pool=sea, parties=[fish[1].pk], by=alice, at=NOW)


def test_whoever_lost_a_customer_waits_until_the_cool_down_ends_and_others_do_not(alice: User, bob: User) -> None:
    sea, (fish,) = pool(cool_down_days=7), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    return_to_pool(party=Party.objects.get(pk=fish.pk), reason="no answer", by=alice, at=NOW + DAY)
    with pytest.raises(UserError, match="may claim it again from 10 Mar 2026"):
        claim(pool=sea, parties=[fish.pk], by=alice, at=NOW + 7 * DAY)
    assert claim(pool=sea, parties=[fish.pk], by=bob, at=NOW + 2 * DAY).parties == [fish.pk]


def test_the_cool_down_ends_on_its_moment(alice: User) -> None:
    sea, (fish,) = pool(cool_down_days=7), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    return_to_pool(party=Party.objects.get(pk=fish.pk), reason="no answer", by=alice, at=NOW)
    assert claim(pool=sea, parties=[fish.pk], by=alice, at=NOW + 7 * DAY).parties == [fish.pk]


def test_the_cool_down_holds_for_owners_who_never_claimed(alice: User) -> None:
    sea, mine = pool(), known("C-1", owner=alice)
    return_to_pool(party=mine, reason="moved away", by=alice, at=NOW)
    with pytest.raises(UserError, match="again from"):
        claim(pool=sea, parties=[mine.pk], by=alice, at=NOW + DAY)


def test_some_cooling_down_do_not_keep_the_others_back(alice: User) -> None:
    sea, fish = pool(), lying(2)
    given(fish[0], alice, alice), return_to_pool(party=given(fish[0], alice, alice), reason="x", by=alice, at=NOW)
    answer = claim(pool=sea, parties=ids(fish), by=alice, at=NOW + DAY)
    assert answer.parties == [fish[1].pk]
    assert len(answer.refused) == 1


@pytest.mark.parametrize("closed", ["role", "team", "pool"])
def test_a_pool_that_is_not_open_to_a_colleague_refuses_them(closed: str, alice: User, carol: User) -> None:
    sea, (fish,) = pool(closed_at=NOW if closed == "pool" else None), lying()
    if closed == "role":
        sea.roles.add(Role.objects.get(key="manager"))
    if closed == "team":
        sea.teams.add(carol.team)
    with pytest.raises(UserError, match="not open to you"):
        claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)


def test_a_return_needs_a_reason_and_keeps_history_and_team(alice: User) -> None:
    sea, (fish,) = pool(), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    write_note(party=fish, text="likes tea", by=alice, at=NOW)
    with pytest.raises(UserError, match="why the customer goes back"):
        return_to_pool(party=fish, reason="  ", by=alice, at=NOW)
    return_to_pool(party=fish, reason="no budget", by=alice, at=NOW + DAY)
    ended = Claim.objects.get(party=fish)
    assert (ended.cause, ended.reason, ended.released_by, ended.released_at) == (
        "returned",
        "no budget",
        alice,
        NOW + DAY,
    )
    assert (owner_of(fish), Party.objects.get(pk=fish.pk).team) == (None, alice.team)
    assert Event.objects.filter(party=fish, kind="customer.note_written").exists()


def test_the_narrower_pool_comes_first(alice: User) -> None:
    china = Territory.objects.create(name="China")
    shanghai = Territory.objects.create(name="Shanghai", parent=china)
    everywhere, north, chinese = pool("all"), pool("north", team=alice.team), pool("china", territory=china)
    fish = lying(3)
    Party.objects.filter(pk=fish[0].pk).update(territory=shanghai, team=alice.team)
    Party.objects.filter(pk=fish[1].pk).update(team=alice.team)
    assert pools_of(ids(fish), scopes()) == {fish[0].pk: chinese, fish[1].pk: north, fish[2].pk: everywhere}
    harbour = pool("shanghai", territory=shanghai)
    assert pools_of(ids(fish), scopes())[fish[0].pk] == harbour


@pytest.mark.parametrize("territories", [0, 2])
@pytest.mark.parametrize("teams", [0, 1])
def test_no_customer_lies_in_two_pools(territories: int, teams: int, alice: User, carol: User) -> None:
    places = [Territory.objects.create(name=f"T{n}") for n in range(3)]
    pool("all")
    for place in places[:territories]:
        pool(place.name, territory=place)
    for team in [alice.team, carol.team][:teams]:
        pool(str(team), team=team)
    fish = lying(12)
    for n, each in enumerate(fish):
        team = [None, alice.team, carol.team][n % 3]
        Party.objects.filter(pk=each.pk).update(team=team, territory=[None, *places][n // 3])
    covered = [Party.objects.filter(each.covers).values_list("pk", flat=True) for each in scopes()]
    assert sorted(pk for of_one in covered for pk in of_one) == sorted(ids(fish))


def test_what_a_manager_assigns_from_the_pool_stands_under_its_rules_and_uses_up_no_cap(alice: User, sue: User) -> None:
    sea, (fish,) = pool(claim_cap=0), lying()
    given(fish, alice, sue)
    made = claim_of(fish)
    assert (made.pool, made.holder, made.origin, made.by) == (sea, alice, "assigned", sue)


def test_given_on_a_customer_keeps_the_pools_rules_for_its_next_owner(alice: User, bob: User, sue: User) -> None:
    sea, (fish,) = pool(), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    assign_owner(parties=[fish.pk], owner=bob, by=sue, at=NOW + 20 * DAY)
    made = claim_of(fish)
    assert (made.holder, made.recycle_at, made.maximum_at) == (bob, NOW + 35 * DAY, NOW + 90 * DAY)
    assert Claim.objects.get(holder=alice).cause == "reassigned"


def test_undoing_an_assignment_restores_owner_team_and_claim_exactly(alice: User, bob: User, sue: User) -> None:
    sea, fish = pool(), lying(3)
    claim(pool=sea, parties=ids(fish[:2]), by=alice, at=NOW)
    Party.objects.filter(pk=fish[2].pk).update(team=bob.team)

    def state() -> list[object]:
        standing = Claim.objects.filter(released_at=None).order_by("pk").values()
        return [list(Party.objects.order_by("pk").values("pk", "owner", "team")), list(standing)]

    before = state()
    entry = assign_owner(parties=ids(fish), owner=bob, by=sue, at=NOW + DAY)
    assert entry
    assert before != state()
    assert undo_assignment(entry=entry, by=sue, at=NOW + 2 * DAY) == set(ids(fish))
    assert state() == before


def test_only_owned_customers_of_no_claim_are_taken_under_the_rules(alice: User) -> None:
    sea, mine, fish = pool(), known("C-1", owner=alice), lying(2)
    claim(pool=sea, parties=[fish[0].pk], by=alice, at=NOW - DAY)
    assert enrol_held(hold([mine.pk, *ids(fish)], at=NOW), by=alice, at=NOW) == 1
    assert (claim_of(mine).origin, claim_of(fish[0]).claimed_at) == ("enrolled", NOW - DAY)


def test_a_customer_typed_in_belongs_to_whoever_typed_it(alice: User) -> None:
    pool()
    made = create_customer(fields={"name": "Mei"}, owner=alice, by=alice, at=NOW)
    assert made in visible_parties(alice)
    assert not Claim.objects.exists()


def test_closing_a_pool_ends_its_rules_for_the_next_owner(alice: User, bob: User, sue: User) -> None:
    sea, (fish,) = pool(), lying()
    claim(pool=sea, parties=[fish.pk], by=alice, at=NOW)
    Pool.objects.update(closed_at=NOW)
    assign_owner(parties=[fish.pk], owner=bob, by=sue, at=NOW)
    assert not Claim.objects.filter(released_at=None).exists()
