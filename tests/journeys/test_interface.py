"""The design system itself: the way in, the style page and the palette, in both languages and themes."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from guanxi.site.demo import PASSWORD, address
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

BUDGET = 100_000  # bytes of CSS and JavaScript, compressed, on a page without a chart


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_in_page_is_accessible(visitor: Page, company_url: str, theme: str, language: str) -> None:
    chosen = {"django_language": language, "guanxi_theme": theme}
    visitor.context.add_cookies([{"name": n, "value": v, "url": company_url} for n, v in chosen.items()])
    visitor.goto("/accounts/login/")
    assert visitor.locator("html").get_attribute("lang") == {"en": "en", "zh-hans": "zh-Hans"}[language]
    assert_accessible(visitor)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_is_accessible(manager: Page, theme: str, language: str, pictures: Path) -> None:
    choose(manager, language=language, theme=theme)
    manager.goto("/style/")
    manager.wait_for_selector("gx-chart svg")
    assert_accessible(manager)
    picture(manager, pictures, f"style-{theme}-{language}", whole=True)


def test_a_wrong_password_is_answered_in_a_sentence(visitor: Page, complaints: Complaints) -> None:
    complaints.expected.append("422")
    visitor.goto("/accounts/login/")
    visitor.fill("#id_email", "nobody@northgate.example")
    visitor.fill("#id_password", "wrong")
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector(".error-summary")
    assert_accessible(visitor)


def test_the_palette_is_used_with_the_keyboard_alone(manager: Page) -> None:
    choose(manager, language="en", theme="light")
    manager.goto("/style/")
    manager.keyboard.press("Control+k")
    manager.wait_for_selector("#palette [role=option]")
    assert_accessible(manager)
    manager.keyboard.type("中文")
    manager.keyboard.press("Enter")  # before the list has followed
    manager.wait_for_selector("html[lang=zh-Hans]")
    choose(manager, language="en", theme="light")


def test_what_an_input_method_is_told_opens_nothing(manager: Page) -> None:
    manager.goto("/style/")
    manager.keyboard.press("Control+k")
    manager.wait_for_selector("#palette [role=option]")
    told = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    assert manager.locator("#palette input").evaluate(f"field => field.dispatchEvent({told})")
    assert manager.url.endswith("/style/")


def test_on_a_phone_nothing_runs_into_its_neighbour(chromium_browser: Browser, company_url: str) -> None:
    with open_context(chromium_browser, "390x844", company_url) as context:
        page = context.new_page()
        log_in(page, address("admin"), PASSWORD)
        choose(page, language="en", theme="light")
        page.goto("/customers/known-to-one/")
        assert page.evaluate(
            "[...document.querySelectorAll('.as-cards td')].every(e => e.scrollWidth <= e.clientWidth)"
        )
        page.keyboard.press("Control+k")
        page.keyboard.type("w")
        page.wait_for_selector("#palette [role=option] .hint")
        assert page.evaluate(
            "[...document.querySelectorAll('#palette [role=option]')].every(e => e.scrollHeight <= e.clientHeight)"
        )


def test_a_card_is_moved_with_the_keyboard_and_comes_back_when_refused(manager: Page, complaints: Complaints) -> None:
    complaints.expected.append("409")
    manager.goto("/style/")
    card = manager.locator("[data-card='1']")
    card.focus()
    for key in ("Space", "ArrowRight", "Space"):
        manager.keyboard.press(key)
    assert manager.locator("[data-lane=quoted] [data-card='1']").count() == 1
    for key in ("Space", "ArrowRight"):
        manager.keyboard.press(key)
    with manager.expect_response("**/style/board/move/"):
        manager.keyboard.press("Space")
    manager.wait_for_selector("[data-lane=quoted] [data-card='1']")


def test_the_theme_changes_at_once_and_stays(manager: Page) -> None:
    choose(manager, language="en", theme="light")
    manager.goto("/style/")
    with manager.expect_response("**/accounts/theme/"):
        manager.click("[data-theme-form] button")
    assert manager.locator("html").get_attribute("data-theme") == "dark"
    manager.reload()
    assert manager.locator("html").get_attribute("data-theme") == "dark"
    choose(manager, language="en", theme="auto")


def test_forms_and_reading_work_without_a_script(chromium_browser: Browser, company_url: str) -> None:
    context = chromium_browser.new_context(base_url=company_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.click("button[name=language]")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.click("button[name=language]")
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


def test_a_page_stays_within_its_weight(chromium_browser: Browser, company_url: str) -> None:
    context = open_context(chromium_browser, base_url=company_url)
    page = context.new_page()
    parts: list[Response] = []
    page.on("response", lambda answer: parts.append(answer) if "/static/" in answer.url else None)
    page.goto("/accounts/login/")
    page.wait_for_load_state("networkidle")
    weight = sum(len(gzip.compress(part.body())) for part in parts)
    context.close()
    assert 0 < weight <= BUDGET
