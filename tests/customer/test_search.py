import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

import pytest

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party, SpelledWord
from guanxi.customer.search import best, matching, meant, relearn, spelling
from guanxi.customer.search.spelling import words_of
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import NOW, logged_in

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
            ("劉德華", ""),
            ("Weaver & Söhne GmbH", "+4930901820"),
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
        ("梅晓", set()),
        ("晓梅 王", {"王晓梅"}),
        ("xm wang", {"王晓梅"}),
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
        ("13823104471王", {"王晓梅"}),
        ("刘德华", {"劉德華"}),
        ("劉德華", {"劉德華"}),
        ("liudehua", {"劉德華"}),
        ("ldh", {"劉德華"}),
        ("w", {"王晓梅", "单伟", "伟", "Weaver & Söhne GmbH"}),
        ("j", {"Mei Jones", "José O'Neill", "曾静"}),
        ("310 4471", {"王晓梅"}),
        ("104471", {"王晓梅"}),
        ("823104471", {"王晓梅"}),
        ("13823104471", {"王晓梅"}),
        ("0138-2310-4471", {"王晓梅"}),
        ("0086 138 2310 4471", {"王晓梅"}),
        ("(030) 90 18 20", {"Weaver & Söhne GmbH"}),
        ("sohne", {"Weaver & Söhne GmbH"}),
        ("p4@", {"Mei Jones"}),
        ("P4@EXAMPLE", {"Mei Jones"}),
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


def test_a_whole_domain_finds_everybody_there(people: None) -> None:
    assert len(found("@example.org")) == len(found("example.org")) == 9


@pytest.mark.parametrize(
    ("typed", "intended"),
    [
        ("jonse", "jones"),
        ("jnoes", "jones"),
        ("mei jons", "mei jones"),
        ("weever", "weaver"),
        ("weavr gmbh", "weaver gmbh"),
        ("xiomei", "xiaomei"),
        ("jones", None),
        ("qqqqqq", None),
        ("王", None),
        ("4417", None),
        ("' OR 1=1", None),
    ],
)
def test_a_slip_in_a_latin_name_is_put_right(people: None, typed: str, intended: str | None) -> None:
    relearn()
    assert meant(typed) == intended


def test_names_are_learnt_when_the_transaction_is_through(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        known("C-1", name="Siobhan Featherstone")
    assert meant("fetherstone") == "featherstone"


def test_a_name_that_nobody_bears_any_more_is_forgotten() -> None:
    party = known("C-1", name="Featherstone")
    relearn()
    Party.objects.filter(pk=party.pk).update(name="Kern", latin_name="")
    relearn()
    assert meant("fetherstone") is None


def test_a_word_learnt_while_the_names_are_read_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody new comes in when all the names before theirs have been read already."""
    known("C-1", name="Kern")

    def read_meanwhile(names: Iterable[str]) -> set[str]:
        SpelledWord.objects.get_or_create(word="featherstone")
        return words_of(names)

    monkeypatch.setattr(spelling, "words_of", read_meanwhile)
    relearn()
    assert set(SpelledWord.objects.values_list("word", flat=True)) == {"kern", "featherstone"}


def test_the_name_itself_comes_first_then_its_start_then_initials(alice: User) -> None:
    for number, name in enumerate(["王伟强", "Wade Wong", "王伟", "王威", "小王伟"]):
        known(f"C-{number}", name=name)
    names = [row["name"] for row in best(Party.objects.all(), "王伟", by=alice, most=6)]
    assert names[:2] == ["王伟", "王伟强"]
    assert [row["name"] for row in best(Party.objects.all(), "ww", by=alice, most=6)][:1] != ["小王伟"]
    assert [row["name"] for row in best(Party.objects.all(), "wangwei", by=alice, most=2)] == ["王伟", "王威"]


def test_the_likeliest_reading_comes_before_the_others(alice: User) -> None:
    for number, name in enumerate(
        ["蔡若曦", "单若曦"]
    ):  # 蔡 is cài and rarely sà, the surname 单 is shàn and rarely dān
        known(f"C-{number}", name=name)
    names = [row["name"] for row in best(Party.objects.all(), "srx", by=alice, most=6)]
    assert names == ["单若曦", "蔡若曦"]


def test_among_equals_ones_own_and_the_last_touched_come_first(alice: User, bob: User) -> None:
    parties = [known(f"C-{number}", name="Mei Jones", owner=bob) for number in range(3)]
    Party.objects.filter(pk=parties[1].pk).update(touched_at=NOW)
    Party.objects.filter(pk=parties[2].pk).update(owner=alice)
    found_first = [row["pk"] for row in best(Party.objects.all(), "jones", by=alice, most=3)]
    assert found_first == [parties[2].pk, parties[1].pk, parties[0].pk]


def test_the_palette_offers_the_name_that_was_meant(alice: User) -> None:
    known("C-1", name="Mei Jones", owner=alice)
    relearn()
    answer = logged_in(alice).get("/found/", {"q": "jonse"}).content.decode()
    assert "Mei Jones" in answer
    assert "for “jones”" in answer


@pytest.mark.parametrize("colleague", ["alice", "carol", "sue"])
def test_the_list_asks_who_was_meant_and_names_nobody_hidden(
    colleague: str, alice: User, request: pytest.FixtureRequest
) -> None:
    known("C-1", name="Mei Jones", city="Leeds", owner=alice)
    known("C-2", name="Mei Kern", city="York", owner=alice)
    relearn()
    client, sees_nobody = logged_in(request.getfixturevalue(colleague)), colleague == "carol"
    slip = client.get("/customers/", {"q": "jonse", "where": "city:is:Leeds"}).content.decode()
    assert ("Did you mean" in slip) is not sees_nobody
    assert ('href="/customers/?where=city%3Ais%3ALeeds&amp;q=jones"' in slip) is not sees_nobody
    for words, where in (("jones", "city:is:Leeds"), ("jonse", "city:is:York"), ("qqqq", "city:is:Leeds")):
        assert "Did you mean" not in client.get("/customers/", {"q": words, "where": where}).content.decode()


def test_the_list_asks_also_when_few_but_the_wrong_ones_were_found(alice: User) -> None:
    known("C-1", name="Jonsered Tools", owner=alice)
    known("C-2", name="Mei Jones", owner=alice)
    relearn()
    page = logged_in(alice).get("/customers/", {"q": "mei jons"}).content.decode()
    assert "Did you mean" in page
    few = logged_in(alice).get("/customers/", {"q": "jons"}).content.decode()
    assert "Jonsered" in few
    assert "Did you mean" in few


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("王伟 上海", {"S1"}),
        ("上海 wangwei", {"S1"}),
        ("王伟 上海市", {"S1"}),
        ("wang wei beijing", {"B1"}),
        ("王伟 中国", {"S1", "B1"}),
        ("Anna Berg New York", {"N1"}),
        ("上海", set()),
        ("上海 北京", set()),
    ],
)
def test_a_namesake_is_found_by_where_he_lives(text: str, numbers: set[str]) -> None:
    for number, name, city, country in (
        ("S1", "王伟", "上海", "CN"),
        ("B1", "王伟", "Beijing", "CN"),
        ("N1", "Anna Berg", "New York", "US"),
        ("Y1", "Anna Berg", "York", "GB"),
    ):
        known(number, name=name, city=city, country=country)
    here = Party.objects.filter(identifiers__value__in=numbers)
    assert set(matching(Party.objects.all(), text)) == set(here)


@pytest.mark.parametrize("asked", ["Alice Lin", "alice", "lin al"])
def test_the_customers_of_a_colleague_are_found_by_the_colleagues_name(asked: str, alice: User, bob: User) -> None:
    known("C-1", name="Mei Jones", owner=alice)
    client, offered = logged_in(bob), f"?where=owner%3Ain%3A{alice.pk}"
    assert offered in client.get("/found/", {"q": asked}).content.decode()
    assert offered in client.get("/customers/", {"q": asked}).content.decode()
    assert "Mei Jones" in client.get(f"/customers/{offered}").content.decode()


def test_colleagues_are_called_in_pinyin_and_teams_by_their_names(alice: User, mallory: User) -> None:
    User.objects.filter(pk=alice.pk).update(name="李娜")
    client = logged_in(alice)
    for asked in ("李娜", "李", "lina", "ln"):
        assert f"?where=owner%3Ain%3A{alice.pk}" in client.get("/found/", {"q": asked}).content.decode()
    assert f"?where=team%3Ain%3A{alice.team_id}" in client.get("/found/", {"q": "north"}).content.decode()
    assert "where=" not in logged_in(mallory).get("/found/", {"q": "李娜"}).content.decode()


@pytest.mark.parametrize("text", ["91350100M000100Y43", "91350100m000", "12345-AB", "12345AB"])
def test_a_number_of_digits_and_letters_is_found_whole_and_from_its_start(text: str) -> None:
    known("91350100M000100Y43", name="Tea House")
    known("12345-AB", name="Tea House")
    known("12345AB", name="Tea House")
    known("91350100", name="Another")
    assert found(text) == {"Tea House"}


def test_the_filter_by_owner_is_narrowed_by_how_a_colleague_is_called(alice: User, bob: User) -> None:
    for number in range(8):
        User.objects.create_user(email=f"c{number}@guanxi.example", password="x", name=f"Colleague {number}")
    User.objects.filter(pk=bob.pk).update(name="李娜")
    page = logged_in(alice).get("/customers/?add=owner").content.decode()
    assert "data-narrow" in page
    assert re.search(r'data-said="李娜 [^"]*\blina\b[^"]*"', page)


def test_half_of_a_name_is_no_place() -> None:
    known("W1", name="Wang Wei", city="Weimar", country="DE")
    known("W2", name="Wang Min", city="Weimar", country="LI")
    assert found("wang wei") == {"Wang Wei"}
    assert found("wang li") == set()
    assert found("wang weimar") == {"Wang Wei", "Wang Min"}
    assert found("wang germany") == {"Wang Wei"}
