"""Every page of the running company: readable by everybody, silent on the console, as wide as the window."""

import pytest
from playwright.sync_api import Page

from guanxi.site.demo import PASSWORD
from tests.journeys.browser import Complaints, assert_accessible, choose, log_in
from tests.look import MISSING, VIEWS, View

INSIDE = [view for view in VIEWS if not view.visitor and view.name not in MISSING]


@pytest.fixture(scope="module", params=[("en", "light", 1440), ("zh-hans", "dark", 390)], ids=["wide", "phone"])
def way(request: pytest.FixtureRequest) -> tuple[str, str, int]:
    """A language, a theme and a width of the window."""
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize("view", INSIDE, ids=[view.name for view in INSIDE])
def test_the_page_is_accessible(visitor: Page, complaints: Complaints, way: tuple[str, str, int], view: View) -> None:
    language, theme, width = way
    visitor.set_viewport_size({"width": width, "height": 900})
    log_in(visitor, "admin@northgate.example", PASSWORD)
    choose(visitor, language=language, theme=theme)
    visitor.goto(view.address)
    if view.follow:
        link = visitor.locator(view.follow).first
        if not link.count():
            pytest.skip(f"the demo company has nothing behind {view.follow}")
        link.click()
    for key in view.press.split():
        visitor.keyboard.press(key)
    visitor.wait_for_load_state("networkidle")
    assert_accessible(visitor)
    assert visitor.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
