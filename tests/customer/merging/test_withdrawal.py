"""A source that is wrong as a whole is not believed, until it is heard again."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from guanxi.customer.actions import own_record
from guanxi.customer.believing.withdrawing import withdraw_source
from guanxi.customer.merging import merge_parties
from guanxi.customer.models import Party, Source
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import bring, known, row
from tests.customer.merging.worlds import dump
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def test_nothing_it_says_is_believed_until_it_is_heard_again(ada: User, run_pending_jobs: Callable[[], int]) -> None:
    party = known("Wang Wei", city="Leeds")
    shop = bring(row("S1", name="Wrong Name", city="Hull"), row("S2", name="Alone"), source="shop", rank=1)
    merge_parties(absorbed=Party.objects.get(pk=shop[0].party), survivor=party, by=ada, at=NOW)
    assert Party.objects.get(pk=party.pk).city == "Hull"
    source, client = Source.objects.get(key="shop"), logged_in(ada)
    before = dump()

    assert "It speaks of 2 customers." in client.get(reverse("beliefs:withdrawal", args=[source.pk])).content.decode()
    client.post(reverse("beliefs:withdrawal", args=[source.pk]))
    run_pending_jobs()

    assert (Party.objects.get(pk=party.pk).name, Party.objects.get(pk=party.pk).city) == ("Wang Wei", "Leeds")
    assert Party.objects.get(pk=shop[1].party).name != "Alone"

    client.post(reverse("beliefs:withdrawal-undo", args=[source.pk]))
    run_pending_jobs()
    assert dump() == before


def test_what_colleagues_type_is_always_heard(ada: User) -> None:
    own = own_record(party=known("Wang Wei"), at=NOW).source

    assert logged_in(ada).post(reverse("beliefs:withdrawal", args=[own.pk])).status_code == 404
    with pytest.raises(UserError, match="always heard"):
        withdraw_source(source=own, by=ada, at=NOW)


def test_a_source_is_withdrawn_once(ada: User) -> None:
    bring(row("S1", name="Wang"), source="shop")
    shop = Source.objects.get(key="shop")
    withdraw_source(source=shop, by=ada, at=NOW)

    with pytest.raises(UserError, match="withdrawn already"):
        withdraw_source(source=shop, by=ada, at=NOW)
