"""Journeys: a person at a real browser over the demo company."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from guanxi.site.demo import PASSWORD, address
from tests.journeys.browser import Complaints, choose, chromium, log_in, open_context
from tests.journeys.running import PROJECT, running_company

MANAGER = "manager@northgate.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One company serves all journeys: they run on one worker."""
    for item in items:
        if "journeys" in Path(item.path).parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def company_url() -> Iterator[str]:
    with running_company() as address:
        yield address


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def visitor(chromium_browser: Browser, company_url: str, complaints: Complaints) -> Iterator[Page]:
    """A page of somebody who has not logged in. Afterwards nothing may have been complained about."""
    context = open_context(chromium_browser, base_url=company_url)
    page = context.new_page()
    complaints.watch(page)
    yield page
    context.close()
    assert not complaints.unexpected()


@pytest.fixture
def manager(visitor: Page) -> Page:
    """The same for the manager of the demo company, logged in."""
    log_in(visitor, MANAGER, PASSWORD)
    return visitor


@pytest.fixture
def administrator(visitor: Page) -> Page:
    """The same for the administrator, who may do everything, in English and light."""
    log_in(visitor, address("admin"), PASSWORD)
    choose(visitor, language="en", theme="light")
    return visitor


@pytest.fixture
def pictures() -> Path:
    """Where journeys leave their pictures."""
    return PROJECT / "build" / "journeys"
