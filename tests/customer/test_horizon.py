"""A value is shown with the span it was computed for, never with a rounder one."""

from guanxi.customer.models import Computation, Reading
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import NOW, logged_in


def test_the_expected_value_names_its_own_horizon(sue: User) -> None:
    party = known("C-1", name="Shanlan")
    computation = Computation.objects.create(as_of=NOW, published_at=NOW, horizon_days=100)
    Reading.objects.create(
        party=party, computation=computation, expected_value=48.0, expected_value_low=9.0, expected_value_high=90.0
    )

    assert "Expected value, next 100 days" in logged_in(sue).get(f"/customers/{party.pk}/").text
    assert "next 100 days" in logged_in(sue).get("/customers/").text
