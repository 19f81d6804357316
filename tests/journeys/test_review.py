"""Twenty likely duplicates, decided with the keyboard alone: merged, told apart, made one household, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import assert_accessible
from tests.journeys.desk import customers, stop

GIVEN = "Adelina Barnaby Cordelia Desmond Eleanor Ferdinand Griselda Horatio Isadora Jeremiah".split()
GIVEN += "Kathleen Leopold Mirabel Nathaniel Ottoline Peregrine Quentina Rosalind Sylvester Theodora".split()
POLICY = "/customers/proposals/policy/"
STRENGTHS = ("same", "named", "similar")
FAMILY = "Quillfeather"


@pytest.fixture
def queue(administrator: Page) -> Iterator[Page]:
    """Twenty customers typed in twice, sent to review by the policy; the policy is as before afterwards."""
    answers = set_policy(administrator, "review")
    for n, given in enumerate(GIVEN):
        for name in (given, given[:-1]):
            send_in(administrator, f"{name} {FAMILY}", phone=f"+44 1632 960{n:03}")
    administrator.goto(POLICY)  # takes the forty messages, which would cover the pictures
    yield administrator
    set_policy(administrator, answers)


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


def send_in(page: Page, name: str, phone: str) -> None:
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
    stop(page, pictures / "review", "first")

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

    assert customers(page, q=FAMILY) == 2 * len(GIVEN)
    decided = progress(page)
    page.goto("/customers/proposals/?origin=entry")
    for n in range(len(GIVEN)):
        expect(heading).to_contain_text(FAMILY)
        press(page, "mdh"[n % 3])
    stop(page, pictures / "review", "last")
    assert progress(page) == decided + len(GIVEN)
    assert FAMILY not in page.locator("#review").inner_text()

    with page.expect_navigation():
        page.keyboard.press("u")
    expect(heading).to_contain_text(FAMILY)
    press(page, "d")
    # seven pairs were merged, seven told apart, six made one household
    assert customers(page, q=FAMILY) == 2 * len(GIVEN) - 7 + 6
    assert customers(page, q=f"household {FAMILY}") == 6


def progress(page: Page) -> int:
    """How many were decided today, as the page says."""
    return int(page.locator("[data-progress]").inner_text().split()[0])


def press(page: Page, key: str) -> None:
    """Press a key of the page and wait for the part that answers."""
    with page.expect_response(lambda answer: "/customers/proposals/" in answer.url and answer.status == 200):
        page.keyboard.press(key)
    page.wait_for_function(
        "() => !document.querySelector('#review.htmx-swapping, #review .htmx-request, #review.htmx-request')"
    )
    page.wait_for_timeout(50)
