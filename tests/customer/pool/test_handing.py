"""A leaver's book handed over in one act, and given back."""

import pytest
from django.urls import reverse
from hypothesis import given as supposing
from hypothesis import strategies as st

from guanxi.customer.actions.claiming import claim
from guanxi.customer.actions.handing import hand_over, undo_handover
from guanxi.customer.actions.owning import assign_owner
from guanxi.customer.engagement.promises import keep_promise, make_promise
from guanxi.customer.engagement.tasks import finish_task, set_task
from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import Claim, Event, Handover, Party, Promise, SavedView, Task, Territory
from guanxi.customer.pool.dealing import deal
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.pool.seas import DAY, lying, owner_of, pool
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
Way = Handover.Way


def book(owner: User, number: int) -> list[Party]:
    return [known(f"B-{n}", owner=owner) for n in range(number)]


def handed(leaver: User, *receivers: User, by: User, way: str = Way.TURNS, close: bool = False) -> Handover:
    return hand_over(
        leaver=leaver, receivers=receivers, way=way, moving=["views", "tasks", "promises"], close_log_in=close, by=by, at=NOW
    )  # fmt: skip


def state() -> list[object]:
    """All that an undo has to restore."""
    return [
        list(Party.ever.order_by("pk").values("pk", "owner", "team")),
        list(Claim.objects.filter(released_at=None).order_by("pk").values()),
        list(SavedView.objects.order_by("pk").values()),
        list(User.objects.order_by("pk").values("pk", "is_active")),
    ]


def test_the_book_goes_in_turns_with_its_views_and_the_log_in_closes(
    alice: User, bob: User, carol: User, sue: User, ada: User
) -> None:
    customers = book(alice, 5)
    SavedView.objects.create(name="Silent", owner=alice, is_shared=True)
    SavedView.objects.create(name="Mine alone", owner=alice)
    made = handed(alice, bob, carol, by=sue, close=True)
    owners = [owner_of(each) for each in customers]
    assert (owners.count(bob), owners.count(carol), made.customers) == (3, 2, 5)
    assert Party.objects.filter(owner=carol).exclude(team=carol.team).count() == 0
    assert SavedView.objects.get(name="Silent").owner == bob
    assert SavedView.objects.get(name="Mine alone").owner == alice
    assert not User.objects.get(pk=alice.pk).is_active
    assert Event.objects.filter(kind="customer.owner_changed", at=NOW).count() == 5


def owed(party: Party, by: User) -> tuple[Task, Promise]:
    """A task for a colleague and a promise of theirs about one customer."""
    due = NOW.date() + DAY
    task = set_task(party=party, what="Call back", due_on=due, assignee=by, by=by, at=NOW - DAY)
    return task, make_promise(party=party, what="Send samples", due_on=due, by=by, at=NOW - DAY)


def debtors(task: Task, promise: Promise) -> tuple[User | None, User | None, User | None]:
    for each in (task, promise):
        each.refresh_from_db()
    return task.assignee, promise.owed_by, promise.made_by


def test_open_tasks_and_promises_follow_their_customer_and_come_back(
    alice: User, bob: User, carol: User, sue: User
) -> None:
    mine, other = book(alice, 2)
    theirs = known("C-1", owner=carol)
    open_, done, elsewhere = owed(mine, alice), owed(other, alice), owed(theirs, alice)
    finish_task(task=done[0], by=alice, at=NOW), keep_promise(promise=done[1], by=alice, at=NOW)
    page, address = logged_in(sue), reverse("ownership:new-handover") + f"?leaver={alice.pk}"
    assert "Open tasks: 2" in page.get(address).content.decode()

    wish = {"receivers": [bob.pk], "way": "turns", "moving": ["tasks", "promises"], "now": "1"}
    shown = page.post(address, wish, follow=True)
    assert "Open tasks 2 · Open promises 2" in shown.content.decode()
    assert debtors(*open_) == (bob, bob, alice)
    assert debtors(*elsewhere) == (carol, carol, alice)
    assert debtors(*done) == (alice, alice, alice)

    finish_task(task=open_[0], by=bob, at=NOW)
    back = page.post(reverse("ownership:handover-undoing", args=[Handover.objects.get().pk]), follow=True)
    assert "3 pieces of open work too" in back.content.decode()
    assert debtors(*open_) == (bob, alice, alice)
    assert debtors(*elsewhere) == (alice, alice, alice)


def test_an_undo_leaves_a_view_whose_name_the_leaver_uses_again(alice: User, bob: User, sue: User) -> None:
    view = SavedView.objects.create(name="Silent", owner=alice, is_shared=True)
    made = handed(alice, bob, by=sue)
    SavedView.objects.create(name="Silent", owner=alice)
    undo_handover(handover=made, by=sue, at=NOW + DAY)
    assert SavedView.objects.get(pk=view.pk).owner == bob


def test_a_default_view_that_moves_is_no_default_of_the_receiver_and_is_the_leavers_again_after_an_undo(
    alice: User, bob: User, sue: User
) -> None:
    theirs = SavedView.objects.create(name="Silent", owner=alice, is_shared=True, is_default=True)
    other = SavedView.objects.create(name="Mine", owner=bob, is_default=True)
    before = state()
    made = handed(alice, bob, by=sue)
    assert list(SavedView.objects.filter(owner=bob, is_default=True)) == [other]
    assert SavedView.objects.get(pk=theirs.pk).owner == bob
    undo_handover(handover=made, by=sue, at=NOW + DAY)
    assert state() == before


def test_the_undo_keeps_the_default_that_the_leaver_chose_meanwhile(alice: User, bob: User, sue: User) -> None:
    moved = SavedView.objects.create(name="Silent", owner=alice, is_shared=True, is_default=True)
    made = handed(alice, bob, by=sue)
    SavedView.objects.filter(pk=moved.pk).update(is_default=True)
    new = SavedView.objects.create(name="New", owner=alice, is_default=True)
    undo_handover(handover=made, by=sue, at=NOW + DAY)
    assert SavedView.objects.get(pk=moved.pk).owner == alice
    assert list(SavedView.objects.filter(is_default=True)) == [new]


def test_the_undo_restores_owners_teams_claims_views_and_log_in_exactly(
    alice: User, bob: User, sue: User, ada: User
) -> None:
    sea, fish = pool(), lying(2)
    claim(pool=sea, parties=[each.pk for each in fish], by=alice, at=NOW - 5 * DAY)
    mine = book(alice, 3)
    Party.objects.filter(pk=mine[0].pk).update(team=None)
    SavedView.objects.create(name="Silent", owner=alice, is_shared=True)
    before = state()
    made = handed(alice, bob, by=sue, close=True)
    assert state() != before
    assert undo_handover(handover=made, by=sue, at=NOW + DAY).customers == 5
    assert state() == before


def test_who_was_given_on_meanwhile_stays_and_is_listed(alice: User, bob: User, carol: User, sue: User) -> None:
    customers = book(alice, 3)
    made = handed(alice, bob, by=sue)
    assign_owner(parties=[customers[0].pk], owner=carol, by=sue, at=NOW + DAY)
    assert undo_handover(handover=made, by=sue, at=NOW + 2 * DAY).customers == 2
    assert [owner_of(each) for each in customers] == [carol, alice, alice]
    page = logged_in(sue).get(reverse("ownership:handover", args=[made.pk])).content.decode()
    assert "1 customer did not go back" in page
    assert "B-0" in page
    assert "B-1" not in page


def test_a_hand_over_is_undone_once(alice: User, bob: User, sue: User) -> None:
    book(alice, 1)
    made = handed(alice, bob, by=sue)
    undo_handover(handover=made, by=sue, at=NOW + DAY)
    with pytest.raises(UserError, match="already"):
        undo_handover(handover=made, by=sue, at=NOW + DAY)


def test_merging_a_handed_over_customer_away_does_not_keep_it_from_going_back(
    alice: User, bob: User, sue: User
) -> None:
    one, other = book(alice, 1)[0], known("C-1", owner=sue)
    before = state()
    made = handed(alice, bob, by=sue)
    merge = merge_parties(absorbed=one, survivor=other, by=sue, at=NOW + DAY)
    undo_handover(handover=made, by=sue, at=NOW + 2 * DAY)
    assert (owner_of(one), owner_of(other)) == (alice, sue)
    undo_merge(merge=merge, by=sue, at=NOW + 3 * DAY)
    assert state() == before


@pytest.mark.parametrize("receivers", ["nobody", "the leaver", "a closed log-in"])
def test_a_book_nobody_can_take_stays_whole(receivers: str, alice: User, bob: User, sue: User) -> None:
    customers = book(alice, 2)
    if receivers == "a closed log-in":
        User.objects.filter(pk=bob.pk).update(is_active=False)
        bob.refresh_from_db()
    to = {"nobody": [], "the leaver": [bob, alice], "a closed log-in": [bob]}[receivers]
    with pytest.raises(UserError, match="Nothing was changed"):
        handed(alice, *to, by=sue)
    assert [owner_of(each) for each in customers] == [alice, alice]


def test_the_last_administrator_keeps_their_log_in(ada: User, sue: User) -> None:
    book(ada, 1)
    with pytest.raises(UserError, match="Keep one administrator"):
        handed(ada, sue, by=sue, close=True)
    assert owner_of(Party.objects.get()) == ada


def test_a_book_is_dealt_by_territory_and_otherwise_in_turns(alice: User, bob: User, carol: User, sue: User) -> None:
    north, south = Territory.objects.create(name="North"), Territory.objects.create(name="South")
    north.members.add(bob), south.members.add(carol)
    customers = book(alice, 4)
    for each, territory in zip(customers, (north, south, north, None), strict=True):
        Party.objects.filter(pk=each.pk).update(territory=territory)
    handed(alice, bob, carol, by=sue, way=Way.TERRITORY)
    assert [owner_of(each) for each in customers[:3]] == [bob, carol, bob]
    assert owner_of(customers[3]) in {bob, carol}


def test_the_number_of_statements_does_not_grow_with_the_book(
    alice: User, bob: User, sue: User, django_assert_max_num_queries: object
) -> None:
    book(alice, 40)
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        made = handed(alice, bob, by=sue)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        undo_handover(handover=made, by=sue, at=NOW + DAY)


@pytest.mark.parametrize("colleague", ["alice", "bob", "max_", "ann", "mallory"])
def test_only_managers_and_administrators_hand_over(
    colleague: str, alice: User, request: pytest.FixtureRequest
) -> None:
    client = logged_in(request.getfixturevalue(colleague))
    address = reverse("ownership:new-handover") + f"?leaver={alice.pk}"
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]


def test_the_page_shows_how_it_would_be_dealt_out_before_anything_happens(
    alice: User, bob: User, carol: User, sue: User
) -> None:
    customers = book(alice, 3)
    client, address = logged_in(sue), reverse("ownership:new-handover") + f"?leaver={alice.pk}"
    wish = {"receivers": [bob.pk, carol.pk], "way": "turns", "moving": ["views"]}
    shown = client.post(address, wish).content.decode()
    assert "Bob Chen: 2 customers" in shown
    assert {owner_of(each) for each in customers} == {alice}
    assert client.post(address, wish | {"now": "1"}).status_code == 302
    assert alice not in {owner_of(each) for each in customers}


books = st.lists(st.tuples(st.integers(1, 10_000), st.sampled_from([None, 1, 2])), unique_by=lambda each: each[0])


@supposing(books, st.integers(1, 5), st.sampled_from(list(Way)), st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_every_customer_is_dealt_once_and_loads_come_together(
    dealt: list[tuple[int, int | None]], number: int, way: str, loads: list[int]
) -> None:
    receivers = list(range(100, 100 + number))
    before = dict(zip(receivers, loads, strict=False))
    answer = deal(dealt, receivers, way, loads=before, worked={100: {1}})
    assert set(answer) == {party for party, _territory in dealt}
    assert set(answer.values()) <= set(receivers)
    after = {each: before[each] + list(answer.values()).count(each) for each in receivers}
    if way == Way.LOAD:
        given_some = [after[each] for each in set(answer.values())]
        assert not given_some or max(given_some) <= min(after.values()) + 1
    if way == Way.TURNS and dealt:
        shares = [list(answer.values()).count(each) for each in receivers]
        assert max(shares) - min(shares) <= 1
