"""A newcomer's first hour: from the log-in to a measured campaign, in both languages and themes, at a desk and on a phone."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from guanxi.site.demo import PASSWORD
from tests.journeys.browser import (
    LANGUAGES,
    THEMES,
    Complaints,
    assert_accessible,
    choose,
    log_in,
    open_context,
    picture,
)

SIZES = ("1440x900", "390x844")
MANAGER = "manager@northgate.example"
# Each way through writes to the customers of another city, because nobody is written to twice in a week.
CITIES = ("London", "Leeds", "Sheffield", "Bristol", "Reading", "Birmingham", "Edinburgh", "Glasgow")
WAYS = [(*way, city) for way, city in zip(product(LANGUAGES, THEMES, SIZES), CITIES, strict=True)]


@pytest.fixture(params=WAYS, ids="-".join)
def way(request: pytest.FixtureRequest) -> tuple[str, str, str, str]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def newcomer(
    way: tuple[str, str, str, str], chromium_browser: Browser, company_url: str, complaints: Complaints
) -> Iterator[Page]:
    """Somebody who opened the address that `make run` printed."""
    language, theme, size, _city = way
    context = open_context(chromium_browser, size, base_url=company_url)
    page = context.new_page()
    complaints.watch(page)
    log_in(page, MANAGER, PASSWORD)
    choose(page, language=language, theme=theme)
    yield page
    context.close()
    assert not complaints.unexpected()


def test_a_newcomer_gets_from_the_log_in_to_the_loop(
    newcomer: Page, way: tuple[str, str, str, str], pictures: Path
) -> None:
    journey = Journey(newcomer, "-".join(way), way[3], pictures / "newcomer")

    journey.reads_today()
    journey.opens_the_customer_of_the_first_suggestion()
    journey.asks_for_a_segment()
    journey.plans_a_campaign()
    journey.launches_it()
    journey.reads_a_message_in_the_outbox()
    journey.reads_the_verdict()
    journey.ends_on_the_loop()


class Journey:
    """The steps of one way through; each ends with a look that axe and a picture share."""

    def __init__(self, page: Page, name: str, city: str, folder: Path) -> None:
        self.page, self.name, self.city, self.folder = page, name, city, folder
        self.campaign = ""

    def looks(self, step: str) -> None:
        picture(self.page, self.folder, f"{step}-{self.name}")
        assert_accessible(self.page)

    def reads_today(self) -> None:
        self.page.goto("/")
        first = self.page.locator(".ranked > li").first
        expect(first.locator(".whisker")).to_be_visible()
        self.looks("1-today")

    def opens_the_customer_of_the_first_suggestion(self) -> None:
        self.page.locator(".ranked > li").first.locator("a[href^='/customers/']").first.click()
        self.page.wait_for_url(re.compile(r"/customers/\d+/"))
        expect(self.page.locator(".figure .whisker").first).to_be_visible()
        expect(self.page.locator("#timeline ol > *").first).to_be_visible(timeout=20_000)
        self.looks("2-customer")

    def asks_for_a_segment(self) -> None:
        self.page.goto("/insight/segments/new/")
        self.page.locator("#sentence > details > summary").last.click()
        self.page.locator("#sentence a.item[href*='add=city']").click()
        self.page.locator("#sentence input[name=value]:visible").fill(self.city)
        self.page.locator("#sentence details[open] button.primary").click()
        self.page.wait_for_url(re.compile("city"))
        self.page.locator("#preview table").wait_for()
        self.page.fill("#id_name", f"{self.city} ({self.name})")
        self.looks("3-segment")
        self.page.locator("main form.form:not(.menu-body) button.primary").click()
        self.page.wait_for_url(re.compile(r"/segments/\d+/"))

    def plans_a_campaign(self) -> None:
        self.page.locator("a.primary[href^='/marketing/campaigns/new/']").click()
        self.page.fill("#id_name", f"Spring list for {self.city}")
        self.page.fill("#id_subject_en", "Spring list for {{ name }}")
        self.page.fill("#id_body_en", "Dear {{ name }},\n\nthe new list is out.\n\nNorthgate Wholesale")
        self.page.fill("#id_subject_zh-hans", "{{ name }}：春季目录")
        self.page.fill("#id_body_zh-hans", "{{ name }}，您好！\n\n春季目录已出。\n\nNorthgate Wholesale")
        self.looks("4-plan")
        self.page.locator("main form button.primary").last.click()
        self.page.wait_for_url(re.compile(r"/campaigns/\d+/$"))
        self.page.locator("#letter iframe, #letter .letter, #letter pre").first.wait_for()
        self.campaign = self.page.url
        self.looks("5-campaign")

    def launches_it(self) -> None:
        self.page.locator("a.primary[href$='/launch/']").click()
        dialog = self.page.locator("dialog[open]").last
        expect(dialog).to_contain_text(re.compile("Control group|对照组"))
        self.looks("6-launch")
        dialog.locator("button.primary").click()
        self.page.locator("a[href^='/insight/programmes/']").first.wait_for()
        expect(self.page.locator("main")).to_contain_text(re.compile("Control group|对照组"))

    def reads_a_message_in_the_outbox(self) -> None:
        link = self.page.locator("main a[href^='/channels/outbox/?programme=']").first
        address = str(link.get_attribute("href")).partition("&")[0]  # all of them: waiting ones have soon left
        self.page.goto(address)
        message = self.page.locator("main tbody a").first
        self._waits_for(message.count)
        self.looks("7-outbox")
        message.click()
        self.page.locator("iframe").wait_for()
        self.looks("8-message")

    def reads_the_verdict(self) -> None:
        self.page.goto(self.campaign)
        self.page.locator("a[href^='/insight/programmes/']").first.click()
        self.page.wait_for_url(re.compile(r"/programmes/\d+/"))
        expect(self.page.locator("main")).to_contain_text(re.compile("control group|对照组", re.I))
        self.looks("9-verdict")

    def ends_on_the_loop(self) -> None:
        self.page.goto("/insight/loop/")
        expect(self.page.locator("main")).to_contain_text("A/A")
        expect(self.page.locator("main")).to_contain_text(f"Spring list for {self.city}")
        self.looks("a-loop")

    def _waits_for(self, there: object) -> None:
        """The worker sends within seconds; the page is asked again until it has."""
        for _ in range(60):
            if there():  # type: ignore[operator]
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"nothing arrived at {self.page.url}")
