"""Every sentence of the product exists in Chinese, and the machinery that says so can tell."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from guanxi.foundation.ui import messages


def test_every_sentence_is_translated_and_sound() -> None:
    assert messages.complaints() == []


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A product of one template and one module, with a translation file of its own."""
    package = tmp_path / "product"
    (package / "templates").mkdir(parents=True)
    (package / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Good day" %}\n{% blocktranslate count n=n %}one row{% plural %}{{ n }} rows{% endblocktranslate %}'
    )
    (package / "module.py").write_text('SAID = _("Hello {name}")\nOTHER = pgettext("a month", "May")\n')
    monkeypatch.setattr(messages, "PACKAGE", package)
    monkeypatch.setattr(messages, "LOCALES", package / "locale")
    return package


def translate(catalogue: Catalog, **told: str) -> None:
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text.replace(" ", "_").split("_{")[0] in told:
            string = told[text.replace(" ", "_").split("_{")[0]]
            message.string = string if isinstance(message.id, str) else (string,)
    messages.write(catalogue)


def test_sentences_are_found_in_templates_and_code(elsewhere: Path) -> None:
    found = {message.id for message in messages.collect() if message.id}
    assert found == {"Good day", ("one row", "%(n)s rows"), "Hello {name}", "May"}


def test_a_missing_a_stale_and_an_unsound_translation_are_told(elsewhere: Path) -> None:
    translate(messages.update(), Good_day="您好", one_row="%(n)s 行", Hello="你好", May="五月")
    (elsewhere / "templates" / "page.html").write_text('{% load i18n %}{% translate "Good night" %}')
    told = messages.complaints()
    assert [line.split(":")[0] for line in told] == [
        "not translated",
        "no longer said",
        "no longer said",
        "slots differ",
    ]


def test_a_complete_translation_has_no_complaints_and_compiles(elsewhere: Path) -> None:
    translate(messages.update(), Good_day="您好", one_row="%(n)s 行", Hello="你好 {name}", May="五月")
    assert messages.complaints() == []
    assert messages.compile_catalogue()
    assert not messages.compile_catalogue()


def test_a_percentage_is_not_taken_for_a_format(elsewhere: Path) -> None:
    """Translators' tools refuse a translation of "80% interval" as a broken format, where none is meant."""
    (elsewhere / "module.py").write_text('SAID = _("80% interval")\nOTHER = _("80%% of %(n)s")\n')
    messages.update()
    kept = messages.catalogue_path().read_text(encoding="utf-8")
    assert '\nmsgid "80% interval"' in kept
    assert '#, python-format\nmsgid "80% interval"' not in kept
    assert '#, python-format\nmsgid "80%% of %(n)s"' in kept
