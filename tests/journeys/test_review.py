"""Twenty likely duplicates, decided with the keyboard alone: merged, told apart, made one household, and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from guanxi.site.demo import PASSWORD, address
from tests.journeys.browser import Complaints, assert_accessible, choose, log_in, open_context, picture

GIVEN = "Adelina Barnaby Cordelia Desmond Eleanor Ferdinand Griselda Horatio Isadora Jeremiah".split()
GIVEN += "Kathleen Leopold Mirabel Nathaniel Ottoline Peregrine Quentina Rosalind Sylvester Theodora".split()
POLICY = "/customers/proposals/policy/"
STRENGTHS = ("same", "named", "similar")
FAMILY = "Quillfeather"


@pytest.fixture
def clerk(chromium_browser: Browser, company_url: str, complaints: Complaints) -> Iterator[Page]:
    """The administrator, who may set the policy, type customers in and decide."""
    with open_context(chromium_browser, base_url=company_url) as context:
        page = context.new_page()
        complaints.watch(page)
        log_in(page, address("admin"), PASSWORD)
        choose(page, language="en", theme="light")
        yield page
    assert not complaints.unexpected()


@pytest.fixture
def queue(clerk: Page) -> Iterator[Page]:
    """Twenty customers typed in twice, sent to review by the policy; the policy is as before afterwards."""
    answers = set_policy(clerk, "review")
    for n, given in enumerate(GIVEN):
        for name in (given, given[:-1]):
            type_in(clerk, f"{name} {FAMILY}", phone=f"+44 20 7946 0{n:03}")
    yield clerk
    set_policy(clerk, answers)


def set_policy(page: Page, answers: str | dict[str, str]) -> dict[str, str]:
    """Answer what follows at the form, and what was answered before."""
    page.goto(POLICY)
    before = {}
    for strength in STRENGTHS:
        name = f"form-{strength}"
        before[strength] = page.locator(f"[name={name}]").input_value()
        page.select_option(f"[name={name}]", answers if isinstance(answers, str) else answers[strength])
    page.click("main form button.primary")
    page.wait_for_load_state()
    return before


def type_in(page: Page, name: str, phone: str) -> None:
    """Send the form as it stands on the page, forty times without drawing it anew."""
    if not page.url.endswith("/customers/new/"):
        page.goto("/customers/new/")
    token = page.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    given: dict[str, str | float | bool] = {"name": name, "phone": phone, "csrfmiddlewaretoken": token}
    sent = page.request.post("/customers/new/", form=given, headers={"Referer": page.url}, max_redirects=0)
    assert sent.status == 302, sent.text()


def test_twenty_pairs_are_decided_with_the_keyboard_alone(queue: Page, pictures: Path) -> None:
    page = queue
    page.goto("/customers/proposals/?origin=entry")
    heading = page.locator("#pair")
    expect(heading).to_contain_text(FAMILY)
    assert_accessible(page)
    picture(page, pictures, "review-first")

    walked = heading.inner_text()
    press(page, "j")
    assert heading.inner_text() != walked
    press(page, "k")
    expect(heading).to_have_text(walked)
    survivor = page.locator("[data-key=m]").inner_text()
    press(page, "s")
    assert page.locator("[data-key=m]").inner_text() != survivor
    page.keyboard.press("?")
    expect(page.locator("#keys [data-own-keys]")).to_contain_text("One household")
    assert_accessible(page)
    page.keyboard.press("Escape")

    assert customers(page, FAMILY) == 2 * len(GIVEN)
    decided = progress(page)
    page.goto("/customers/proposals/?origin=entry")
    for n in range(len(GIVEN)):
        expect(heading).to_contain_text(FAMILY)
        press(page, "mdh"[n % 3])
    picture(page, pictures, "review-last")
    assert progress(page) == decided + len(GIVEN)
    assert FAMILY not in page.locator("#review").inner_text()

    with page.expect_navigation():
        page.keyboard.press("u")
    expect(heading).to_contain_text(FAMILY)
    press(page, "d")
    # seven pairs were merged, seven told apart, six made one household
    assert customers(page, FAMILY) == 2 * len(GIVEN) - 7 + 6
    assert customers(page, f"household {FAMILY}") == 6


def progress(page: Page) -> int:
    """How many were decided today, as the page says."""
    return int(page.locator("[data-progress]").inner_text().split()[0])


def customers(page: Page, words: str) -> int:
    """How many customers the words find."""
    return int(re.sub(r"\D", "", page.request.get("/customers/count/", params={"q": words}).text()))


def press(page: Page, key: str) -> None:
    """Press a key of the page and wait for the part that answers."""
    with page.expect_response(lambda answer: "/customers/proposals/" in answer.url and answer.status == 200):
        page.keyboard.press(key)
    page.wait_for_function(
        "() => !document.querySelector('#review.htmx-swapping, #review .htmx-request, #review.htmx-request')"
    )
    page.wait_for_timeout(50)
