"""A customer whose Chinese name was only heard is found by three letters: in the list and in the palette."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import choose
from tests.journeys.desk import number_of, stop

NAME = "单若曦"  # of the demo company; the surname is read shàn, though the character is mostly read dān
INITIALS = ("srx", "drx")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-hans", "dark")])
def test_three_letters_find_a_chinese_name(manager: Page, language: str, theme: str, pictures: Path) -> None:
    page, place = manager, pictures / "finding"
    choose(page, language=language, theme=theme)

    for letters in INITIALS:
        page.goto("/customers/")
        page.fill("#find", letters)
        page.press("#find", "Enter")
        page.wait_for_url(re.compile(f"q={letters}"))
        expect(page.locator("tr[data-row] a.name", has_text=NAME)).to_be_visible()
    stop(page, place, f"list-{language}")
    page.locator("tr[data-row] a.name", has_text=NAME).click()
    expect(page.locator("h1")).to_contain_text(NAME)
    found = number_of(page)

    for letters in INITIALS:
        page.goto("/")
        page.keyboard.press("Control+k")
        page.keyboard.type(letters)
        first = page.locator("#palette [role=option][aria-selected=true]")
        expect(first).to_contain_text(NAME)
        if letters == INITIALS[-1]:
            stop(page, place, f"palette-{language}")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(NAME)
        assert number_of(page) == found
    choose(page, language="en", theme="light")
