"""Two colleagues type over the same field; each on a connection of its own."""

from threading import Event as Signal

import pytest
from django.db import transaction

from guanxi.customer.actions import correct_field
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.merging.test_races import beside
from tests.world import NOW


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_who_saw_the_same_is_told(alice: User, bob: User) -> None:
    party = known("Mei Jones", city="Leeds")
    corrected, go_on = Signal(), Signal()
    refused: list[str] = []

    def first() -> None:
        with transaction.atomic():
            correct_field(party=party, field="city", text="York", seen="Leeds", by=alice, at=NOW)
            corrected.set()
            go_on.wait(20)

    def second() -> None:
        try:
            correct_field(party=party, field="city", text="Hull", seen="Leeds", by=bob, at=NOW)
        except UserError as reason:
            refused.append(str(reason))

    one = beside(first)
    assert corrected.wait(20)
    other = beside(second)
    other.join(0.5)
    assert other.is_alive()  # it waits
    go_on.set()
    for each in (one, other):
        each.join(20)

    assert len(refused) == 1
    assert "York" in refused[0]
    assert Party.objects.get(pk=party.pk).city == "York"


@pytest.mark.django_db
def test_what_was_seen_on_an_old_page_is_compared_with_what_is_believed_now(alice: User) -> None:
    party = known("Mei Jones", city="Leeds")
    correct_field(party=party, field="city", text="York", by=alice, at=NOW)

    with pytest.raises(UserError, match="Meanwhile"):
        correct_field(party=party, field="city", text="Hull", seen="Leeds", by=alice, at=NOW)
