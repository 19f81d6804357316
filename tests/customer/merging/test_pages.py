"""The pages of merging, as colleagues use them."""

import pytest
from django.urls import reverse

from guanxi.customer.actions import write_note
from guanxi.customer.merging import merge_parties
from guanxi.customer.models import Merge, Party, SourceRecord, Split
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.customer.incoming import known
from tests.customer.merging.test_splits import told_by_shop
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def two(owner: User) -> tuple[Party, Party]:
    return known("Wang Wei", city="Leeds", owner=owner), known("Wei Wang", email="wei@example.com", owner=owner)


def merge_by_form(by: User, *parties: Party, survivor: Party) -> str:
    given = {"party": [each.pk for each in parties], "survivor": survivor.pk}
    answer = logged_in(by).post(reverse("customer:merging"), given)
    assert answer.status_code == 302, answer.content
    return str(answer.url)


def test_two_are_compared_and_merged_and_the_message_takes_it_back(alice: User) -> None:
    one, other = two(alice)
    client = logged_in(alice)

    page = client.get(reverse("customer:merging"), {"party": [one.pk, other.pk]}).content.decode()
    assert "wei@example.com" in page
    assert "Leeds" in page

    told = client.post(reverse("customer:merging"), {"party": [one.pk, other.pk], "survivor": one.pk}, follow=True)
    entry = Entry.objects.get(verb="customer.merged_together")
    undo = reverse("customer:merging-undo", args=[entry.pk])
    assert undo in told.content.decode()
    assert Party.objects.get(pk=one.pk).email == "wei@example.com"

    client.post(undo)
    assert Party.objects.filter(pk__in=[one.pk, other.pk]).count() == 2


def test_up_to_five_ticked_in_the_list_come_side_by_side(alice: User) -> None:
    parties = [known(f"C{n}", owner=alice) for n in range(5)]

    answer = logged_in(alice).post(reverse("customer:merging"), {"party": [each.pk for each in parties]})
    assert logged_in(alice).get(answer.url).status_code == 200
    merge_by_form(alice, *parties, survivor=parties[3])

    assert list(Party.objects.values_list("pk", flat=True)) == [parties[3].pk]
    assert Merge.objects.count() == 4


def test_one_alone_or_six_are_refused(alice: User) -> None:
    parties = [known(f"C{n}", owner=alice) for n in range(6)]
    for chosen in (parties[:1], parties):
        answer = logged_in(alice).get(reverse("customer:merging"), {"party": [each.pk for each in chosen]}, follow=True)
        assert "Choose two to 5 customers to merge." in answer.content.decode()


def test_another_ones_customer_cannot_be_merged(alice: User, bob: User, sue: User) -> None:
    mine, his = known("Mine", owner=alice), known("His", owner=bob)
    given = {"party": [mine.pk, his.pk], "survivor": mine.pk}

    assert logged_in(alice).post(reverse("customer:merging"), given).status_code == 404
    assert logged_in(alice).get(reverse("customer:merging"), given).status_code == 404
    assert not Merge.objects.exists()

    merge_by_form(sue, mine, his, survivor=mine)
    assert Merge.objects.count() == 1


def test_an_old_address_leads_to_who_holds_it_now(alice: User, carol: User) -> None:
    one, other = two(alice)
    merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    old = reverse("customer:customer", args=[other.pk])

    assert logged_in(alice).get(old).url == reverse("customer:customer", args=[one.pk])
    assert logged_in(carol).get(old).status_code == 404


def test_the_history_tells_who_when_and_leads_to_undoing(alice: User, bob: User) -> None:
    one, other = two(alice)
    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    history, undoing = reverse("customer:merges", args=[one.pk]), reverse("customer:undoing", args=[one.pk, merge.pk])

    assert undoing in logged_in(alice).get(history).content.decode()
    seen = logged_in(bob).get(history).content.decode()  # his team mate may look, not undo
    assert "Alice Lin" in seen
    assert undoing not in seen
    assert logged_in(bob).post(undoing).status_code == 404


def test_undoing_shows_what_stays_before_and_after(alice: User) -> None:
    one, other = two(alice)
    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    write_note(party=Party.objects.get(pk=one.pk), text="Wants two teapots", by=alice, at=NOW)
    undoing = reverse("customer:undoing", args=[one.pk, merge.pk])
    client = logged_in(alice)

    assert "Wants two teapots" in client.get(undoing).content.decode()
    after = client.post(undoing, follow=True).content.decode()

    assert "are two again" in after
    assert "Wants two teapots" in after
    assert Merge.objects.get().undone_by == alice
    assert "undone already" in client.post(undoing, follow=True).content.decode()


def test_the_other_one_is_found_by_search_and_by_proposal(alice: User, carol: User) -> None:
    one, other = two(alice)
    known("Wang Stranger", owner=carol)

    page = logged_in(alice).get(reverse("customer:merge-with", args=[one.pk]), {"q": "wang"}).content.decode()

    assert f"party={one.pk}&amp;party={other.pk}" in page
    assert "Stranger" not in page


def test_a_source_that_speaks_of_somebody_else_leaves_and_comes_back(alice: User) -> None:
    one, _other = two(alice)
    record = told_by_shop(one)
    client = logged_in(alice)

    answer = client.post(reverse("customer:splitting", args=[one.pk, record.pk]))
    split = Split.objects.get()
    assert answer.url == reverse("customer:customer", args=[split.party_id])
    back = reverse("customer:split-undo", args=[one.pk, split.pk])
    assert back in client.get(reverse("customer:merges", args=[one.pk])).content.decode()
    client.post(back)

    assert SourceRecord.objects.get(pk=record.pk).party_id == one.pk


def test_the_page_of_a_customer_offers_merging_to_those_who_may(alice: User, bob: User) -> None:
    one, _other = two(alice)
    page, offer = reverse("customer:customer", args=[one.pk]), reverse("customer:merge-with", args=[one.pk])

    assert offer in logged_in(alice).get(page).content.decode()
    assert offer not in logged_in(bob).get(page).content.decode()
