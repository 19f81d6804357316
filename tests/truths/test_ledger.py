"""Every published figure is given by the engine, and the page of them says what it gives."""

import re
from pathlib import Path

import pytest

from tests.truths.ledger import PAGE, TRUTHS, Truth


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.source}: {truth.figure}")
def test_the_engine_gives_the_published_figure(truth: Truth) -> None:
    assert float(truth.ours()) == pytest.approx(truth.published, abs=truth.within)


def test_the_page_has_a_row_for_each_and_names_tests_that_exist() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [truth.figure for truth in TRUTHS if f"| {truth.figure} |" not in text] == []
    here = Path(__file__).parent
    named = {name for name in re.findall(r"`(\S+\.py)`", text) if not name.startswith("tests/")}
    assert [name for name in named if not (here / name).exists()] == []
