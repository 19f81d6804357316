"""A real Chromium, and what every look at a page must hold: no console error, no page error, no axe violation."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

SIZES = {"1440x900": (1440, 900), "1366x768": (1366, 768), "390x844": (390, 844)}
THEMES = ("light", "dark")
LANGUAGES = ("en", "zh-hans")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--hide-scrollbars"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or the one Playwright brings when the system has none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Complaints:
    """What a page said that it must not say. `expected` holds parts of messages that a test provokes."""

    said: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(f"page error: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.said.append(f"console: {message.text} ({message.location.get('url', '')})")

    def unexpected(self) -> list[str]:
        return [text for text in self.said if not any(part in text for part in self.expected)]


def open_context(browser: Browser, size: str = "1440x900", base_url: str = "") -> BrowserContext:
    """A fresh visitor with a window of that size."""
    width, height = SIZES[size]
    return browser.new_context(
        viewport={"width": width, "height": height}, base_url=base_url, reduced_motion="reduce", has_touch=width < 600
    )


def log_in(page: Page, email: str, password: str) -> None:
    """Through the form, as a person does."""
    page.goto("/accounts/login/")
    page.fill("#id_email", email)
    page.fill("#id_password", password)
    page.click("main form button.primary")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def choose(page: Page, *, language: str, theme: str) -> None:
    """Read in this language and theme from the next page on."""
    page.goto("/accounts/profile/")
    page.select_option("#id_language", language)
    page.select_option("#id_theme", theme)
    page.click("main form button.primary")
    page.wait_for_load_state()


def assert_accessible(page: Page) -> None:
    """Axe finds nothing on the page as it stands."""
    violations = Axe().run(page).response["violations"]
    told = [f"{v['id']} ({v['impact']}): {v['help']}\n  " + "\n  ".join(_where(v)) for v in violations]
    assert not told, f"{page.url}\n" + "\n".join(told)


def _where(violation: dict[str, list[dict[str, str]]]) -> list[str]:
    return [f"{node['target']} {node['html'][:160]} {node['failureSummary'][:240]}" for node in violation["nodes"][:4]]


def picture(page: Page, folder: Path, name: str, *, whole: bool = False) -> Path:
    """A picture of the page at rest."""
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path
