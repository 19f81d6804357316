"""What a pool hides leaves the server on no path: pool page, list, search, palette, export, timeline, record."""

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.access import visible_parties
from guanxi.customer.actions import write_note
from guanxi.customer.actions.claiming import claim
from guanxi.customer.models import Party, Pool, Territory
from guanxi.foundation.access.models import Grant, Reach
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.customer.pool.seas import given, pool
from tests.world import NOW, logged_in, person

pytestmark = pytest.mark.django_db
SECRETS = ("Jones", "mei@example", "9460018", "0018", "12 High Street", "LS1 4", "likes green tea")


@pytest.fixture
def sea() -> Pool:
    return pool(hidden=["name", "phone", "email", "address"])


@pytest.fixture
def fish(sea: Pool, alice: User) -> Party:
    """A customer of the team North, who lies in the pool."""
    made = known(
        "C-1", name="Mei Jones", email="mei@example.org", phone="+442079460018", street="12 High Street",
        postcode="LS1 4AP", city="Leeds", country="GB", owner=alice,
    )  # fmt: skip
    write_note(party=made, text="likes green tea", by=alice, at=NOW)
    return given(made, None, alice)


def everything(client: Client, fish: Party) -> dict[str, str]:
    """Each page on which the customer could show, and what it answers."""
    place = reverse("customer:customer", args=[fish.pk])
    asked = [
        reverse("customer:customers"), reverse("customer:customers") + "?q=Jones",
        reverse("customer:customers") + "?q=0018", reverse("customer:customers") + "?where=city:is:Leeds",
        reverse("customer:counted") + "?q=Jones", "/search/?q=Jones", "/search/?q=0018", "/palette/?q=Jones",
        reverse("transfer:new-export") + "?q=Jones", place, place + "timeline/", place + "purchases/", place + "consents/",
        place + "protection/", place + "owner/",
        reverse("pool:pools"), reverse("pool:pool", args=[Pool.objects.get().pk]), reverse("pool:ending"), "/",
    ]  # fmt: skip
    return {address: _body(client, address) for address in asked}


def _body(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code in {200, 404}
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


@pytest.mark.parametrize("far", list(Reach))
def test_who_claims_learns_nothing_hidden_however_far_their_reach(far: str, fish: Party, alice: User) -> None:
    Grant.objects.filter(role=alice.role, verb__startswith="customer.").update(reach=far)
    Grant.objects.create(role=alice.role, verb="customer.export", reach=far)
    for address, said in everything(logged_in(person("bob")), fish).items():
        assert not [secret for secret in SECRETS if secret in said and secret not in address], address


def test_the_pool_page_shows_what_is_not_hidden_and_a_mask_for_the_rest(fish: Party, sea: Pool) -> None:
    page = logged_in(person("bob")).get(reverse("pool:pool", args=[sea.pk])).content.decode()
    for shown in ("M** J****", "Leeds", "hidden", "Hidden until you claim"):
        assert shown in page
    assert reverse("customer:customer", args=[fish.pk]) not in page


@pytest.mark.parametrize("colleague", ["sue", "max", "ann", "ada"])
def test_who_may_see_behind_the_mask_sees_the_record(colleague: str, fish: Party) -> None:
    client = logged_in(person(colleague))
    assert "Mei Jones" in client.get(reverse("customer:customer", args=[fish.pk])).content.decode()


def test_claiming_opens_the_record(fish: Party, sea: Pool, bob: User) -> None:
    assert fish not in visible_parties(bob)
    claim(pool=sea, parties=[fish.pk], by=bob, at=NOW)
    assert fish in visible_parties(bob)


def test_a_pool_that_hides_nothing_closes_no_record(fish: Party, sea: Pool, bob: User) -> None:
    Pool.objects.update(hidden=[])
    assert fish in visible_parties(bob)  # of the same team


def test_only_the_pools_own_customers_are_hidden(alice: User, bob: User, carol: User) -> None:
    pool("south", team=carol.team, hidden=["name"])
    mine = given(known("C-1", owner=alice), None, alice)
    assert mine in visible_parties(bob)


def test_the_owned_and_those_of_other_places_stay_in_sight(sea: Pool, alice: User, bob: User) -> None:
    owned = known("C-1", owner=alice)
    far = Territory.objects.create(name="Far")
    pool("far", territory=far)
    away = given(known("C-2", owner=alice), None, alice)
    Party.objects.filter(pk=away.pk).update(territory=far)  # of a pool that hides nothing
    assert set(visible_parties(bob)) == {owned, away}


def test_visibility_asks_once_about_pools_and_not_at_all_for_who_sees_behind(
    sea: Pool, alice: User, sue: User, django_assert_num_queries: object
) -> None:
    alice.role.grants.count()
    for user, number in ((alice, 2), (alice, 0), (sue, 1)):
        with django_assert_num_queries(number):  # type: ignore[operator]
            visible_parties(user)
