"""What a clerk does at the desk in more than one journey: typing customers in, handing files in, looking at a page."""

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.journeys.browser import SIZES, assert_accessible, picture

DESK, PHONE = SIZES["1440x900"], SIZES["390x844"]
TAKEN_IN = re.compile("Finished|已完成")


def type_in(page: Page, **said: str) -> int:
    """Type a customer in at the form and answer its number; a likeness to another customer is waved through."""
    page.goto("/customers/new/")
    for name, value in said.items():
        page.fill(f"#id_{name}", value)
    with page.expect_response(lambda answer: "/customers/new/" in answer.url and answer.request.method == "POST"):
        page.click("main form .form-foot button.primary")
    page.wait_for_load_state()
    if page.locator("[name=anyway]").count():
        page.click("[name=anyway]")
    page.wait_for_url(re.compile(r"/customers/\d+/$"))
    return number_of(page)


def number_of(page: Page) -> int:
    """The number of the customer whose page this is."""
    found = re.search(r"/customers/(\d+)/", page.url)
    assert found, page.url
    return int(found[1])


def customers(page: Page, **asked: str) -> int:
    """How many customers the list finds, as it says itself."""
    answer = page.request.get(f"/customers/count/?{urlencode(asked)}")
    return int(re.sub(r"\D", "", answer.text()))


def hand_in(page: Page, name: str, content: bytes) -> None:
    """Give a file to the import and come to the meaning of its columns."""
    page.goto("/transfer/imports/new/")
    page.set_input_files("#id_file", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("main form button.primary")
    page.wait_for_url(re.compile("/mapping/"))
    expect(page.locator("#mapping button.primary")).to_be_visible()


def take_in(page: Page) -> None:
    """Run the import that is shown as a preview, and wait for its end."""
    page.locator("main form[action$='/start/'] button.primary").click()
    expect(page.locator(".chip", has_text=TAKEN_IN)).to_be_visible(timeout=60_000)


def stop(page: Page, folder: Path, name: str) -> None:
    """Look at the page as it stands, at a desk and on a phone: accessible, no wider than the window, a picture of each."""
    for size, (width, height) in (("wide", DESK), ("phone", PHONE)):
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        picture(page, folder, f"{name}-{size}")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
