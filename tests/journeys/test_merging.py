"""Two customers turn out to be one, are worked on as one, and turn out to be two after all."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Complaints, choose
from tests.journeys.desk import customers, number_of, stop, type_in

# two spellings of a name that no other customer bears, a pair for each language
PAIRS = {
    "en": ("Wilhelmina Ottershaw", "Mina Ottershaw", "wilhelmina@ottershaw.example", "+44 161 496 0177"),
    "zh-hans": ("鲜于慕白", "鲜于慕伯", "mubai@xianyu.example", "+44 161 496 0188"),
}


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-hans", "dark")])
def test_two_become_one_are_worked_on_and_are_two_again(
    administrator: Page, language: str, theme: str, pictures: Path, complaints: Complaints
) -> None:
    page, place = administrator, pictures / "merging"
    complaints.expected.append("/customers/new/")  # where a likeness is answered with 409 first
    choose(page, language=language, theme=theme)
    whole, short, email, phone = PAIRS[language]
    stays = type_in(page, name=whole, email=email, city="Manchester")
    write(page, f"Asked for the list ({language})")
    leaves = type_in(page, name=short, phone=phone)
    write(page, f"Called about a delivery ({language})")

    page.click(f"a[href='/customers/{leaves}/merge/']")
    page.fill("#q", whole)
    page.press("#q", "Enter")
    stop(page, place, f"other-{language}")
    page.locator(f"main .lines a[href*='party={stays}']").click()
    page.check(f"[name=survivor][value='{stays}']")
    stop(page, place, f"side-by-side-{language}")
    page.click("main form .form-foot button.primary")
    page.wait_for_url(re.compile(f"/customers/{stays}/$"))
    expect(page.locator("#timeline")).to_contain_text("Called about a delivery")
    expect(page.locator("#timeline")).to_contain_text("Asked for the list")
    expect(page.locator("a[href^='tel:']")).to_be_visible()
    stop(page, place, f"one-{language}")

    page.goto(f"/customers/{leaves}/")  # a bookmark of the one who is gone
    assert number_of(page) == stays
    assert customers(page, q=short.split()[-1][:2]) == customers(page, q=whole.split()[-1][:2])
    write(page, f"Ordered forty lanterns ({language})")
    put_on_tag(page, f"lantern {language}")

    page.goto(f"/customers/{stays}/merges/")
    stop(page, place, f"history-{language}")
    page.locator("main table a.button").first.click()
    expect(page.locator("main")).to_contain_text("Ordered forty lanterns")
    stop(page, place, f"before-undo-{language}")
    page.click("main form button.primary")
    expect(page.locator("main")).to_contain_text("Ordered forty lanterns")  # it stays, and the page says so
    stop(page, place, f"two-again-{language}")

    page.click(f"main a[href='/customers/{leaves}/']")
    expect(page.locator("h1")).to_contain_text(short)
    expect(page.locator("#timeline")).to_contain_text("Called about a delivery")
    expect(page.locator("#timeline")).not_to_contain_text("Asked for the list")
    expect(page.locator("#timeline")).not_to_contain_text("Ordered forty lanterns")
    expect(page.locator("a[href^='tel:']")).to_be_visible()
    expect(page.locator(f"a[href='mailto:{email}']")).to_have_count(0)
    page.goto(f"/customers/{stays}/")
    assert number_of(page) == stays
    expect(page.locator("#timeline")).to_contain_text("Ordered forty lanterns")
    expect(page.locator("#timeline")).not_to_contain_text("Called about a delivery")
    expect(page.locator("a[href^='tel:']")).to_have_count(0)
    expect(page.locator(f"a[href='mailto:{email}']")).to_be_visible()
    expect(page.locator(".tags", has_text=f"lantern {language}")).to_be_visible()
    choose(page, language="en", theme="light")


def test_two_ticked_in_the_list_are_merged_and_undone_from_the_message(
    administrator: Page, complaints: Complaints
) -> None:
    page = administrator
    complaints.expected.append("/customers/new/")
    numbers = {type_in(page, name=f"{given} Thistlethwaite-Hobbes") for given in ("Aurelia", "Cornelius")}
    known = customers(page, q="Thistlethwaite")
    page.goto("/customers/?q=Thistlethwaite")
    for number in numbers:
        page.check(f"tr[data-row] [name=party][value='{number}']")
    page.click("[data-selection] [formaction='/customers/merge/']")
    page.click("main form .form-foot button.primary")
    page.wait_for_url(re.compile(r"/customers/\d+/$"))
    assert customers(page, q="Thistlethwaite") == known - 1
    page.click("#toasts .undo")
    expect(page.locator("#toasts")).to_contain_text("1 merge is undone")
    assert customers(page, q="Thistlethwaite") == known


def write(page: Page, text: str) -> None:
    """A note in the composer of the page, as far as the timeline shows it."""
    page.fill("#composer textarea", text)
    page.click("#composer form button")
    expect(page.locator("#timeline")).to_contain_text(text)


def put_on_tag(page: Page, words: str) -> None:
    page.locator(".tags summary", has=page.locator("svg")).click()
    page.fill("#new-tag", words)
    page.press("#new-tag", "Enter")
    expect(page.locator(".tags", has_text=words)).to_be_visible()
