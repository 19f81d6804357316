"""Somebody leaves: five thousand customers go to two colleagues in one act, and come back but for those given on."""

import csv
import io
import re
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import choose
from tests.journeys.desk import customers, hand_in, stop, take_in

HEAD = ["客户编号", "姓名", "归属人"]
FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚"
GIVEN = "安博朝德恩方光翰嘉楷", "澜宁沛清睿松棠文轩毅"
BOOK = [f"{family}{one}{other}" for family, one, other in product(FAMILIES, *GIVEN)]
GIVEN_ON = 3


@pytest.fixture
def leaver(administrator: Page) -> tuple[str, str]:
    """The name and number of a new colleague who looks after five thousand customers of one file."""
    page, mark = administrator, uuid4().hex[:6]  # of their own, however often this is walked over one company
    name, email = f"Nora Vale {mark}", f"nora.{mark}@northgate.example"
    page.goto("/settings/people/new/")
    page.fill("#id_email", email)
    page.fill("#id_name", name)
    page.select_option("#id_role", label="Sales representative")
    page.select_option("#id_team", label="North")
    page.click("main form button.primary")
    page.wait_for_url(re.compile("/people/$"))

    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, *([f"{mark}{n:05}", who, email] for n, who in enumerate(BOOK))])
    hand_in(page, f"book-{mark}.csv", text.getvalue().encode("gbk"))
    expect(page.get_by_label("归属人")).to_have_value("owner")
    page.fill("#id_source", f"book {mark}")
    page.click("#mapping button.primary")
    take_in(page)
    page.goto("/settings/handovers/")
    link = page.get_by_role("link", name=f"Hand over the customers of {name}")
    number = re.search(r"leaver=(\d+)", link.get_attribute("href") or "")
    assert number
    return name, number[1]


def test_a_book_of_five_thousand_is_handed_over_and_given_back(
    administrator: Page, leaver: tuple[str, str], pictures: Path
) -> None:
    page, place, (name, number) = administrator, pictures / "handover", leaver
    page.get_by_role("link", name=f"Hand over the customers of {name}").click()
    receivers = [page.get_by_label(each).get_attribute("value") or "" for each in ("Olu Adeyemi", "Isabel Moreau")]
    third = page.get_by_label("Priya Nair").get_attribute("value") or ""
    before = [looked_after(page, each) for each in (number, *receivers, third)]
    assert before[0] == len(BOOK)

    for each in receivers:
        page.check(f"[name=receivers][value='{each}']")
    page.check("#id_close_log_in")
    page.get_by_role("button", name="Show how it is dealt out").click()
    expect(page.locator("main .notice")).to_contain_text("Olu Adeyemi: 2,500 customers")
    expect(page.locator("main .notice")).to_contain_text("Isabel Moreau: 2,500 customers")
    assert looked_after(page, number) == len(BOOK)
    stop(page, place, "preview")

    told(page, "handed over", lambda: page.click("[name=now]"))
    expect(page.locator("tfoot")).to_contain_text("5,000")
    stop(page, place, "handed-over")
    assert [looked_after(page, each) for each in (number, *receivers)] == [0, before[1] + 2500, before[2] + 2500]
    handed_over = page.url
    assert log_in_of(page, name) == "closed"

    give_on(page, name.split()[-1], third)
    page.goto(handed_over)
    told(page, "given back", lambda: page.click("form[action$='/undoing/'] button"))
    expect(page.locator("#toasts")).to_contain_text(f"4,997 customers are with {name} again.")
    expect(page.locator("main")).to_contain_text(f"{GIVEN_ON} customers did not go back")
    expect(page.locator("main .lines li")).to_have_count(GIVEN_ON)
    expect(page.locator("form[action$='/undoing/']")).to_have_count(0)  # once is enough
    after = [before[0] - GIVEN_ON, *before[1:3], before[3] + GIVEN_ON]
    assert [looked_after(page, each) for each in (number, *receivers, third)] == after
    assert log_in_of(page, name) == "open"

    choose(page, language="zh-hans", theme="dark")
    page.goto(handed_over)
    stop(page, place, "given-back-zh")
    page.goto("/settings/handovers/")
    stop(page, place, "books-zh")
    choose(page, language="en", theme="light")


def give_on(page: Page, mark: str, colleague: str) -> None:
    """Somebody else gets three customers of the book, from the list."""
    page.goto(f"/customers/?q={mark}0000")
    for box in page.locator("tr[data-row] [name=party]").all()[:GIVEN_ON]:
        box.check()
    page.select_option("#to-owner", colleague)
    with page.expect_response("**/customers/assignment/"):
        page.click("[data-selection] [hx-post='/customers/assignment/']")


def looked_after(page: Page, colleague: str) -> int:
    return customers(page, where=f"owner:in:{colleague}")


def log_in_of(page: Page, name: str) -> str:
    page.goto("/settings/people/")
    return page.locator("tr", has_text=name).locator(".chip").inner_text()


def told(page: Page, done: str, act: Callable[[], None]) -> None:
    """Do it and print how long it takes until the next page stands (seen with -s)."""
    began = time.perf_counter()
    with page.expect_navigation():
        act()
    print(f"{len(BOOK):,} customers {done} in {time.perf_counter() - began:.1f} s")
