import pytest

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> None:
    for number, (name, phone) in enumerate(
        [
            ("王晓梅", "+8613823104471"),
            ("单伟", "+8613900001234"),
            ("曾静", ""),
            ("重庆火锅", ""),
            ("Mei Jones", "+442079460018"),
            ("José O'Neill", ""),
            ("伟", ""),
        ]
    ):
        known(f"K{700 + number}", name=name, phone=phone, email=f"p{number}@example.org")


def found(text: str) -> set[str]:
    return set(matching(Party.objects.all(), text).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王晓梅", {"王晓梅"}),
        ("晓梅", {"王晓梅"}),
        ("伟", {"单伟", "伟"}),
        ("王", {"王晓梅"}),
        ("wxm", {"王晓梅"}),
        ("wangxiao", {"王晓梅"}),
        ("wang xiaomei", {"王晓梅"}),
        ("xiaomei", {"王晓梅"}),
        ("shanwei", {"单伟"}),
        ("danwei", {"单伟"}),
        ("zj", {"曾静"}),
        ("cj", {"曾静"}),
        ("chongqing", {"重庆火锅"}),
        ("zhongqing", {"重庆火锅"}),
        ("4471", {"王晓梅"}),
        ("138 2310 4471", {"王晓梅"}),
        ("+86 138 2310", {"王晓梅"}),
        ("020 7946 0018", {"Mei Jones"}),
        ("jones mei", {"Mei Jones"}),
        ("JON", {"Mei Jones"}),
        ("jose", {"José O'Neill"}),
        ("o'neill", {"José O'Neill"}),
        ("p4@example.org", {"Mei Jones"}),
        ("K704", {"Mei Jones"}),
        ("nobody at all", set()),
        ("", set()),
        ("' & | ! :*", set()),
        ("\\", set()),
    ],
)
def test_a_customer_is_found_by_what_the_caller_says(people: None, text: str, names: set[str]) -> None:
    assert found(text) == names


def test_only_visible_customers_are_found(alice: User, carol: User) -> None:
    known("C-1", name="王晓梅", owner=alice)
    assert matching(visible_parties(alice), "wxm").count() == 1
    assert matching(visible_parties(carol), "wxm").count() == 0


def test_the_palette_finds_customers_and_what_can_be_done(alice: User, mallory: User) -> None:
    party = known("C-1", name="王晓梅", phone="+8613823104471", owner=alice)
    answer = logged_in(alice).get("/found/", {"q": "wxm"}).content.decode()
    assert f"/customers/{party.pk}/" in answer
    assert "王晓梅" not in logged_in(mallory).get("/found/", {"q": "wxm"}).content.decode()
