"""Who looks after customers: nobody loses an owner by a button that was only pressed, and only who may hold, holds."""

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.actions.handing import hand_over
from guanxi.customer.models import Handover, Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.pool.seas import lying, pool
from tests.integration.transfer.files import imported
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def assigned(client: Client, party: Party, owner: object) -> int:
    data = {"party": [party.pk], "owner": owner}
    return client.post(reverse("customer:assignment"), data, headers={"HX-Request": "true"}).status_code


def test_pressing_the_button_alone_takes_no_owner_away(alice: User, sue: User) -> None:
    party, client = known("C-1", owner=alice), logged_in(sue)
    assigned(client, party, "")
    client.post(reverse("customer:owner", args=[party.pk]), {"owner": ""})
    client.post(reverse("customer:owner", args=[party.pk]))
    assert Party.objects.get().owner == alice
    page = client.get(reverse("customer:customers")).content.decode()
    assert '<select id="to-owner" name="owner"><option value="">' in page

    assigned(client, party, "none")
    assert Party.objects.get().owner is None


def test_a_colleague_who_has_left_stays_the_owner_until_another_is_chosen(alice: User, sue: User) -> None:
    party, client = known("C-1", owner=alice), logged_in(sue)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    page = client.get(reverse("customer:owner", args=[party.pk])).content.decode()
    assert f'<option value="{alice.pk}" selected>' in page
    client.post(reverse("customer:owner", args=[party.pk]), {"owner": alice.pk})
    assert Party.objects.get().owner == alice


def test_only_who_may_change_customers_is_offered_and_taken(
    alice: User, bob: User, sue: User, mallory: User, ann: User
) -> None:
    party, client = known("C-1", owner=alice), logged_in(sue)
    for page in (reverse("customer:customers"), reverse("customer:owner", args=[party.pk])):
        shown = client.get(page).content.decode()
        assert f'<option value="{bob.pk}"' in shown
        assert not any(f'<option value="{each.pk}"' in shown for each in (mallory, ann))
    for nobody in (mallory, ann):
        assert assigned(client, party, nobody.pk) == 404
        assert client.post(reverse("customer:owner", args=[party.pk]), {"owner": nobody.pk}).status_code == 404
    assert Party.objects.get().owner == alice


def test_a_book_goes_to_nobody_who_may_not_look_after_customers(
    alice: User, bob: User, sue: User, mallory: User, ann: User
) -> None:
    known("C-1", owner=alice)
    page = logged_in(sue).get(f"{reverse('ownership:new-handover')}?leaver={alice.pk}").content.decode()
    assert f'value="{bob.pk}"' in page
    assert not any(f'value="{each.pk}"' in page for each in (mallory, ann))
    for nobody in (mallory, ann):
        with pytest.raises(UserError):
            hand_over(
                leaver=alice,
                receivers=[bob, nobody],
                way=Handover.Way.TURNS,
                moving=[],
                close_log_in=False,
                by=sue,
                at=NOW,
            )
    assert Party.objects.get().owner == alice


def test_a_pool_gives_customers_to_nobody_by_itself(alice: User, sue: User) -> None:
    sea, (party,) = pool(), lying()
    client = logged_in(sue)
    page = client.get(reverse("pool:pool", args=[sea.pk])).content.decode()
    assert '<select id="to-owner" name="owner"><option value="">' in page
    client.post(reverse("pool:assignment", args=[sea.pk]), {"party": [party.pk], "owner": ""})
    assert Party.objects.get().owner is None


def test_a_file_gives_customers_to_nobody_who_may_not_hold_them(alice: User, ann: User) -> None:
    done = imported("ID,Name,Account owner\n1,Wei,Alice Lin\n2,Mei,Ann Qian\n", source="till")
    assert done.counts["note:owner_unknown"] == 1
    assert list(Party.objects.order_by("name").values_list("owner__name", flat=True)) == [None, "Alice Lin"]
