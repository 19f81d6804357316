"""The palette leads to every action and page by what it is called in either language, and nobody where he may not go."""

import pytest

from guanxi.foundation.accounts.models import User
from guanxi.foundation.ui.calling import is_called
from tests.customer.incoming import known
from tests.world import logged_in

pytestmark = pytest.mark.django_db


def answer(user: User, query: str) -> str:
    return logged_in(user).get("/found/", {"q": query}, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("query", ["导入", "daoru", "dao ru", "dr", "import", "wenjian", "wj", "DAORU"])
def test_a_chinese_action_is_called_by_its_characters_by_how_they_are_said_or_in_english(query: str, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(language="zh-hans")
    page = answer(ann, query)
    assert "/transfer/imports/new/" in page
    assert "导入文件" in page


def test_what_is_said_otherwise_is_not_called_so() -> None:
    assert not is_called("导入文件", "oru")
    assert not is_called("导入文件", "daochu")
    assert is_called("导入文件", "")


@pytest.mark.parametrize("query", ["audit", "审计", "settings", "shezhi", "roles", "products"])
def test_the_pages_of_the_settings_are_found_by_those_who_may_open_them(query: str, ada: User, bob: User) -> None:
    assert 'href="/settings/' in answer(ada, query)
    closed = ('"/settings/"', '"/settings/roles/"', '"/settings/audit/"')
    assert not any(each in answer(bob, query) for each in closed)


def test_no_page_is_named_twice(ada: User) -> None:
    assert answer(ada, "settings").count('href="/settings/"') == 1


@pytest.mark.parametrize("address", ["/found/", "/found/?as=page"])
def test_who_finds_nothing_is_told_so_and_offered_what_to_do(address: str, alice: User) -> None:
    known("C-1", name="王伟", city="上海", owner=alice)
    headers = {} if "as" in address else {"HX-Request": "true"}
    page = logged_in(alice).get("/found/", {"q": "王伟 qqzz"}, headers=headers).content.decode()
    assert "Nothing found" in page
    assert "?q=%E7%8E%8B%E4%BC%9F" in page
    assert '"/customers/new/"' in page


def test_who_may_create_nothing_is_offered_nothing_to_create(max_: User) -> None:
    page = answer(max_, "qqzz")
    assert "Nothing found" in page
    assert "/customers/new/" not in page
