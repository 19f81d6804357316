"""Every page of the running company: readable by everybody, silent on the console, as wide as the window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from guanxi.site.demo import PASSWORD, address
from tests.journeys.browser import Complaints, assert_accessible, choose, log_in, open_context
from tests.look import MISSING, VIEWS, View

INSIDE = [view for view in VIEWS if not view.visitor and view.name not in MISSING]


@pytest.fixture(
    scope="module", params=[("1440x900", "en", "light"), ("390x844", "zh-hans", "dark")], ids=["wide", "phone"]
)
def reader(request: pytest.FixtureRequest, chromium_browser: Browser, company_url: str) -> Iterator[Page]:
    """The administrator before a window of one size, language and theme."""
    size, language, theme = request.param
    with open_context(chromium_browser, size, company_url) as context:
        page = context.new_page()
        log_in(page, address("admin"), PASSWORD)
        choose(page, language=language, theme=theme)
        yield page


@pytest.mark.parametrize("view", INSIDE, ids=[view.name for view in INSIDE])
def test_the_page_is_accessible_silent_and_no_wider_than_the_window(
    reader: Page, complaints: Complaints, view: View
) -> None:
    complaints.watch(reader)
    reader.goto(view.address)
    if view.follow:
        reader.locator(view.follow).first.click()
    for key in view.press.split():
        reader.keyboard.press(key)
    reader.wait_for_load_state("networkidle")
    assert_accessible(reader)
    assert reader.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert not complaints.unexpected()
