"""Every figure of the tutorial is what its code prints."""

import pytest

from tests.tutorial import ROOT, TUTORIAL, written_anew


def test_the_tutorial_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = TUTORIAL.read_text(encoding="utf-8")
    assert written_anew(text) == text
