"""Every page as a picture, in three sizes, two themes and two languages: `python -m tests.look` (or `make look`).

Opens the running demo company (--url), or starts the one in GUANXI_HOME, and writes PNG files and an index.html to
look through them. Told at the end: pages that failed, complained, or spill over the side of the window.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.browser import LANGUAGES, SIZES, THEMES, Complaints, choose, chromium, log_in, open_context, picture
from tests.journeys.running import PROJECT, running_company


@dataclass(frozen=True)
class View:
    """A page by its address, or by a link on that page (`follow`), after something was done to it (`press`)."""

    name: str
    address: str
    follow: str = ""
    press: str = ""
    visitor: bool = False


VIEWS = [
    View("login", "/accounts/login/", visitor=True),
    View("reset", "/accounts/reset/", visitor=True),
    View("today", "/"),
    View("palette", "/", press="Control+k"),
    View("keys", "/", press="?"),
    View("customers", "/customers/"),
    View("selection", "/customers/", press="j x"),
    View("customer", "/customers/", follow="[data-row] a.name"),
    View("new-customer", "/customers/new/"),
    View("duplicates", "/customers/proposals/"),
    View("duplicates-keys", "/customers/proposals/", press="?"),
    View("automatic-merges", "/customers/proposals/automatic/"),
    View("registrations", "/customers/registrations/"),
    View("duplicate-policy", "/customers/proposals/policy/"),
    View("promises", "/customers/promises/"),
    View("tags", "/customers/tags/"),
    View("tag", "/customers/tags/", follow="main .ledger tbody a"),
    View("known-to-one", "/customers/known-to-one/"),
    View("pools", "/customers/pool/"),
    View("pool", "/customers/pool/", follow="main .ledger tbody a"),
    View("protections-ending", "/customers/pool/ending/"),
    View("privacy-requests", "/customers/privacy/"),
    View("insight", "/insight/"),
    View("due-again", "/insight/due/"),
    View("segments", "/insight/segments/"),
    View("segment", "/insight/segments/", follow="main .ledger tbody a"),
    View("new-segment", "/insight/segments/new/"),
    View("loop", "/insight/loop/"),
    View("verdict", "/insight/loop/", follow="main .ledger tbody a"),
    View("models", "/insight/models/"),
    View("model", "/insight/models/", follow="main a[href*='/models/']"),
    View("loyalty", "/insight/loyalty/"),
    View("computed-tags", "/insight/tags/"),
    View("campaigns", "/marketing/campaigns/"),
    View("new-campaign", "/marketing/campaigns/new/"),
    View("campaign", "/marketing/campaigns/", follow="main .ledger tbody a"),
    View("outbox", "/channels/outbox/"),
    View("imports", "/transfer/imports/"),
    View("import", "/transfer/imports/new/"),
    View("questions", "/transfer/questions/"),
    View("new-question", "/transfer/questions/new/"),
    View("exports", "/transfer/exports/"),
    View("new-export", "/transfer/exports/new/"),
    View("export-limits", "/transfer/exports/limits/"),
    View("company-exports", "/transfer/company/"),
    View("profile", "/accounts/profile/"),
    View("password", "/accounts/password/"),
    View("company", "/settings/"),
    View("people", "/settings/people/"),
    View("roles", "/settings/roles/"),
    View("audit", "/settings/audit/"),
    View("fields", "/settings/fields/"),
    View("new-field", "/settings/fields/new/"),
    View("sources", "/settings/sources/"),
    View("standards", "/settings/standards/"),
    View("retention", "/settings/retention/"),
    View("retention-rule", "/settings/retention/enquiry/"),
    View("pool-rules", "/settings/pools/"),
    View("new-pool", "/settings/pools/new/"),
    View("territories", "/settings/territories/"),
    View("new-territory", "/settings/territories/new/"),
    View("handovers", "/settings/handovers/"),
    View("new-handover", "/settings/handovers/", follow="main .ledger tbody a.button"),
    View("products", "/settings/products/"),
    View("missing", "/there-is-no-such-page/"),
    View("style", "/style/"),
]
Way = tuple[str, str, str]  # size, theme, language
MISSING = {"missing": 404}  # pages that shall not be found


def main() -> int:
    asked = arguments()
    views = [view for view in VIEWS if not asked.only or view.name in asked.only.split(",")]
    with company(asked.url) as address, chromium() as browser:
        told = [line for way in ways(asked) for line in look(browser, address, views, asked, way)]
    write_index(asked.out, views)
    sys.stdout.write("\n".join([*told, f"{len(list(asked.out.glob('*.png')))} pictures in {asked.out}"]) + "\n")
    return 1 if told else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="", help="a running company; otherwise the one in GUANXI_HOME is started")
    parser.add_argument("--out", type=Path, default=PROJECT / "build" / "look")
    parser.add_argument("--only", default="", help="names of pages, parted by commas")
    parser.add_argument(
        "--quick", action="store_true", help="two looks a page: wide, light, English; phone, dark, Chinese"
    )
    parser.add_argument("--whole", action="store_true", help="the whole length of each page")
    parser.add_argument("--email", default="admin@northgate.example")
    parser.add_argument("--password", default="guanxi-demo")
    return parser.parse_args()


@contextmanager
def company(url: str) -> Iterator[str]:
    if url:
        yield url.rstrip("/")
        return
    with running_company(Path(os.environ.get("GUANXI_HOME", PROJECT / ".guanxi"))) as address:
        yield address


def ways(asked: argparse.Namespace) -> list[Way]:
    """Every size in every theme and language, or two that differ in all three."""
    if asked.quick:
        return [("1440x900", "light", "en"), ("390x844", "dark", "zh-hans")]
    return list(product(SIZES, THEMES, LANGUAGES))


def look(browser: Browser, address: str, views: list[View], asked: argparse.Namespace, way: Way) -> Iterator[str]:
    """Take the pictures of one size, theme and language; answer what is wrong, one sentence each."""
    size, theme, language = way
    end = f"{size.split('x')[0]}-{theme}-{language[:2]}"
    with open_context(browser, size, address) as context:
        chosen = {"django_language": language, "guanxi_theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in chosen.items()])
        page = context.new_page()
        for view in [view for view in views if view.visitor]:
            yield from take(page, view, asked, f"{view.name}-{end}")
        log_in(page, asked.email, asked.password)
        choose(page, language=language, theme=theme)
        for view in [view for view in views if not view.visitor]:
            yield from take(page, view, asked, f"{view.name}-{end}")


def take(page: Page, view: View, asked: argparse.Namespace, name: str) -> Iterator[str]:
    """Open one page, do what is to be done, take its picture."""
    complaints = Complaints(expected=["404 (Not Found)"] if view.name in MISSING else [])
    complaints.watch(page)
    answer = page.goto(view.address)
    status = answer.status if answer else 0
    if status == 200 and view.follow:
        link = page.locator(view.follow).first
        if not link.count():
            yield f"{name}: {view.address} has no {view.follow}"
            return
        link.click()
        page.wait_for_load_state()
    if view.press:
        for key in view.press.split():
            page.keyboard.press(key)
        page.wait_for_timeout(400)
    picture(page, asked.out, name, whole=asked.whole)
    if status != MISSING.get(view.name, 200):
        yield f"{name}: answered {status}"
    if (spill := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        yield f"{name}: {spill} px wider than the window"
    yield from (f"{name}: {text}" for text in complaints.unexpected())


def write_index(folder: Path, views: list[View]) -> None:
    """One page to look through all pictures."""
    names = sorted(path.name for view in views for path in folder.glob(f"{view.name}-*.png"))
    shown = "".join(
        f'<figure><figcaption>{name}</figcaption><img src="{name}" width="480" loading="lazy"></figure>'
        for name in names
    )
    (folder / "index.html").write_text(f"<!doctype html><title>Guanxi</title><body>{shown}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
