"""Every published figure is given by the engine, and the page of them says what it gives."""

import re
from pathlib import Path

import pytest

from tests.truths.ledger import PAGE, TRUTHS, Truth


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.source}: {truth.figure}")
def test_the_engine_gives_the_published_figure(truth: Truth) -> None:
    assert float(truth.ours()) == pytest.approx(truth.published, abs=truth.within)


def test_the_page_says_what_was_published_and_what_the_engine_gives() -> None:
    """Ours to one of the last digit: another machine may round the other way."""
    said = _figures(PAGE.read_text(encoding="utf-8"))
    for truth in TRUTHS:
        published, ours = said[truth.source, truth.figure]
        digit = 10.0**-truth.digits
        assert published == pytest.approx(truth.published, abs=digit / 2), truth.figure
        assert ours == pytest.approx(float(truth.ours()), abs=max(1.01 * digit, truth.within)), truth.figure


def _figures(text: str) -> dict[tuple[str, str], tuple[float, float]]:
    """What the page says, by its heading and the name of the figure."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for part in text.split("\n## ")[1:]:
        source, _, table = part.partition("\n")
        for row in re.findall(r"^\| (.+) \| (-?[\d,.]+) \| (-?[\d,.]+) \|", table, re.MULTILINE):
            published, ours = (float(each.replace(",", "")) for each in row[1:])
            found[source, row[0]] = published, ours
    return found


def test_the_page_has_a_row_for_each_and_names_tests_that_exist() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [truth.figure for truth in TRUTHS if f"| {truth.figure} |" not in text] == []
    here = Path(__file__).parent
    named = {name for name in re.findall(r"`(\S+\.py)`", text) if not name.startswith("tests/")}
    assert [name for name in named if not (here / name).exists()] == []
