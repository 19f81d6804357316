import pytest

from guanxi.customer.models import Party, Reading
from guanxi.insight.programmes.planning import detectable_effect
from tests.customer.incoming import known

pytestmark = pytest.mark.django_db


def spending(*amounts: float) -> None:
    for number, amount in enumerate(amounts):
        Reading.objects.create(party=known(f"Wang{number}"), computation_id=1, monthly=[0.0] * 11 + [amount])


def test_four_times_the_customers_find_half_the_effect() -> None:
    spending(*range(1, 40))
    small = detectable_effect(Party.objects.all(), control=100, treated=400, days=30)
    large = detectable_effect(Party.objects.all(), control=400, treated=1600, days=30)
    assert small is not None
    assert large is not None
    assert large.effect == pytest.approx(small.effect / 2)
    assert small.usual == pytest.approx(20, rel=0.02)


def test_where_nothing_is_known_nothing_is_promised() -> None:
    known("Silent")
    assert detectable_effect(Party.objects.all(), control=100, treated=400, days=30) is None
    spending(0, 0, 0)
    assert detectable_effect(Party.objects.all(), control=100, treated=400, days=30) is None
    assert detectable_effect(Party.objects.all(), control=1, treated=4, days=30) is None
