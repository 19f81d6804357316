"""Many customers changed at once: who may, how many, and back again."""

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.models import Party, PartyTag, SavedView
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.customer.incoming import known
from tests.world import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def customers(alice: User, carol: User) -> list[Party]:
    """Three of Alice's in Leeds and one of Carol's."""
    return [
        *(known(f"C-{n}", name=f"Mei Jones {n}", city="Leeds", owner=alice) for n in range(3)),
        known("C-9", name="Otto Kern", city="Leeds", owner=carol),
    ]


def send(client: Client, act: str, **form: object) -> object:
    return client.post(reverse(f"customer:{act}"), form)


def undo_last(client: Client, verb: str) -> int:
    entry = Entry.objects.filter(verb=verb).latest("pk")
    return client.post(reverse("customer:undo", args=[entry.pk])).status_code


def cities() -> dict[str, str]:
    return dict(Party.objects.values_list("name", "city"))


def test_a_field_of_many_is_changed_and_taken_back(customers: list[Party], alice: User) -> None:
    client, before = logged_in(alice), cities()
    send(client, "correction", party=[p.pk for p in customers[:2]], field="city", text="York")
    assert cities() == {**before, "Mei Jones 0": "York", "Mei Jones 1": "York"}
    assert undo_last(client, "customer.corrected_together") == 302
    assert cities() == before


def test_what_was_typed_since_is_not_taken_back(customers: list[Party], alice: User) -> None:
    client = logged_in(alice)
    both = [p.pk for p in customers[:2]]
    send(client, "correction", party=both, field="city", text="York")
    first = Entry.objects.get(verb="customer.corrected_together")
    send(client, "correction", party=both[:1], field="city", text="Bath")
    client.post(reverse("customer:undo", args=[first.pk]))
    assert (cities()["Mei Jones 0"], cities()["Mei Jones 1"]) == ("Bath", "Leeds")


@pytest.mark.parametrize("field", ["name", "email", "phone", "nonsense", ""])
def test_what_is_each_customers_own_is_not_typed_over_together(field: str, customers: list[Party], alice: User) -> None:
    send(logged_in(alice), "correction", party=[customers[0].pk], field=field, text="X")
    assert not Entry.objects.filter(verb="customer.corrected_together").exists()


def test_a_tag_is_taken_off_and_put_back(customers: list[Party], alice: User) -> None:
    client, both = logged_in(alice), [p.pk for p in customers[:2]]
    send(client, "tagging", party=both, tag="fair")
    send(client, "untagging", party=both, tag="fair")
    assert not PartyTag.objects.exists()
    undo_last(client, "customer.untagged")
    assert set(PartyTag.objects.values_list("party", flat=True)) == set(both)


def test_all_that_match_are_changed_only_after_their_number_was_agreed_to(customers: list[Party], alice: User) -> None:
    client, form = logged_in(alice), {"all": "on", "question": "?where=city:is:Leeds", "tag": "fair"}
    page = client.post(reverse("customer:tagging"), form).content.decode()
    assert "3 customers would be changed" in page
    assert 'name="confirmed" value="3"' in page
    assert not PartyTag.objects.exists()
    client.post(reverse("customer:tagging"), {**form, "confirmed": "2"})
    assert not PartyTag.objects.exists()
    client.post(reverse("customer:tagging"), {**form, "confirmed": "3"})
    assert set(PartyTag.objects.values_list("party", flat=True)) == {p.pk for p in customers[:3]}


def test_too_many_matches_change_nothing(customers: list[Party], alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guanxi.customer.views.selections.MOST_MATCHING", 2)
    form = {"all": "on", "question": "", "tag": "fair", "confirmed": "3"}
    page = logged_in(alice).post(reverse("customer:tagging"), form, follow=True).content.decode()
    assert "More than 2 customers match" in page
    assert not PartyTag.objects.exists()


def test_many_are_changed_in_as_many_queries_as_few(
    customers: list[Party], alice: User, django_assert_max_num_queries: object
) -> None:
    more = [known(f"D-{n}", name=f"More {n}", city="Leeds", owner=alice).pk for n in range(30)]
    client = logged_in(alice)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        send(client, "correction", party=more, field="city", text="York")


def test_the_list_opens_with_the_view_that_was_chosen(customers: list[Party], alice: User, bob: User) -> None:
    client, conditions = logged_in(alice), [["city", "is", "Leeds"]]
    view = SavedView.objects.create(name="Leeds", owner=alice, is_shared=True, conditions=conditions)
    client.post(reverse("customer:view-default", args=[view.pk]))
    assert "in the city of" in client.get(reverse("customer:customers")).content.decode()
    assert "in the city of" not in client.get(reverse("customer:customers"), {"view": "all"}).content.decode()
    assert "in the city of" not in logged_in(bob).get(reverse("customer:customers")).content.decode()
    assert logged_in(bob).post(reverse("customer:view-default", args=[view.pk])).status_code == 404
    client.post(reverse("customer:view-default", args=[view.pk]))
    assert "in the city of" not in client.get(reverse("customer:customers")).content.decode()
