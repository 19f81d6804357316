"""A method without a page, or a name without a word of explanation, is not finished."""

from pathlib import Path
from types import ModuleType

import pytest

from guanxi.analytical import (
    basket,
    experiments,
    identity,
    lifecycle,
    satisfaction,
    scoring,
    segments,
    staffing,
    uplift,
    value,
)

PACKAGES = [basket, experiments, identity, lifecycle, satisfaction, scoring, segments, staffing, uplift, value]
NAMED = {each.__name__.rpartition(".")[2]: each for each in PACKAGES}
PAGES = Path(__file__).parents[2] / "docs" / "algorithms"
HEADINGS = ["Answers", "Assumes", "Formula", "Source", "Fails when", "Baseline", "Measured here", "Code"]
METHODS = [page for page in sorted(PAGES.glob("*.md")) if page.stem != "README"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_every_public_name_says_what_it_is(package: ModuleType) -> None:
    silent = [name for name in package.__all__ if not isinstance(getattr(package, name), str | float)]
    assert [name for name in silent if not getattr(package, name).__doc__] == []


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_every_page_answers_the_same_questions_in_the_same_order(page: Path) -> None:
    text = page.read_text()
    places = [text.find(f"**{heading}.**") for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)
    assert f"({page.name})" in (PAGES / "README.md").read_text()


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_every_name_and_test_a_page_mentions_exists(page: Path) -> None:
    code = page.read_text().partition("**Code.**")[2]
    root = PAGES.parents[1]
    for mentioned in code.split("`")[1::2]:
        if mentioned.startswith("tests/"):
            assert (root / mentioned).exists(), mentioned
        elif mentioned.partition(".")[0] in NAMED:
            package, name = mentioned.split(".")
            assert name in NAMED[package].__all__
