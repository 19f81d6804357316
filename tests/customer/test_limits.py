"""What one request may ask of the company's machine."""

import pytest

from guanxi.customer.filters import BadCondition, Condition, read_conditions
from guanxi.customer.filters.conditions import MOST
from guanxi.customer.filters.fields import MOST_KEYS
from guanxi.customer.models import Party
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User
from tests.world import logged_in

CITY = ["city", "is", "Leeds"]


def test_a_question_of_too_many_conditions_is_a_sentence(alice: User) -> None:
    page = logged_in(alice).get("/customers/", {"where": ["city:is:Leeds"] * (MOST + 1)})
    assert f"at most {MOST} conditions" in page.content.decode()
    with pytest.raises(BadCondition):
        read_conditions([{"any": [CITY] * 16}, {"any": [CITY] * 16}])
    assert len(read_conditions([CITY] * MOST)) == MOST


def test_a_choice_of_too_many_keys_is_a_sentence_and_doubles_count_once(alice: User) -> None:
    keys = [f"offers/{n}" for n in range(MOST_KEYS + 1)]
    asked = {"question": "?where=consent:in:" + "|".join(keys), "all": "", "tag": "VIP", "name": "VIP"}
    page = logged_in(alice).post("/customers/tagging/", asked, headers={"HX-Request": "true"})
    assert f"at most {MOST_KEYS}" in page.content.decode() + str(page.headers)
    doubled = read_conditions([["stage", "in", ["lost", "new"] * MOST_KEYS]])[0]
    assert isinstance(doubled, Condition)
    assert doubled.value == ["lost", "new"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["00", "0000", "0 0", "00 00", "_" * 50_000, "a" * 50_000])
def test_whatever_is_searched_is_answered(text: str) -> None:
    assert not matching(Party.objects.all(), text).exists()
