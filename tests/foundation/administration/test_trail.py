"""The audit trail speaks in words: each thing that is done has a sentence, in whatever app it is done."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import guanxi
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.audit.words import verb_in_words
from tests.world import NOW, logged_in

HOUSE = Path(guanxi.__file__).parent
TRAIL = "/settings/audit/"
COMPOSED = {
    "transfer.import_": ("transfer.import_started", "transfer.import_undo_asked", "transfer.import_undo_paused")
}


def verbs() -> Iterator[str]:
    """What the program's sources write on the trail, wherever an entry is made."""
    for path in HOUSE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("note", "record"):
                yield from (said for each in call.keywords if each.arg == "verb" for said in _read(each.value, path))


def _read(value: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        yield str(value.value)
    elif isinstance(value, ast.IfExp):
        yield from (*_read(value.body, path), *_read(value.orelse, path))
    elif isinstance(value, ast.JoinedStr):
        yield from COMPOSED[str(getattr(value.values[0], "value", ""))]
    elif isinstance(value, ast.Name):
        name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        yield getattr(import_module(name), value.id)


def test_everything_that_is_written_on_the_trail_has_a_sentence() -> None:
    written = set(verbs())
    assert len(written) > 60
    assert sorted(verb for verb in written if verb_in_words(verb) == verb) == []


def test_a_line_says_what_was_done_to_what_and_with_which_facts(ada: User) -> None:
    asked = {"verb": "privacy.erasure_started", "subject": "privacy:7", "facts": "anonymise"}
    record(by=ada, at=NOW, **asked)
    record(
        verb="customer.corrected_together", by=ada, at=NOW, subject="party:4", field="city", before={"4": [None, "a"]}
    )
    record(verb="privacy.retention_ended", by=ada, at=NOW, subject="retention:enquiry")
    page = logged_in(ada).get(TRAIL).content.decode()
    for said in (
        ">Rule of retention Customers who never bought</a>",
        ">Started an erasure</th>",
        ">Privacy request 7</a>",
        "Keep them without the customer",
        ">Customer 4</a>",
        'Field</span> <span title="City"',
    ):
        assert said in page
    for code in (">privacy.", "anonymise", ">party:4", "corrected_together<"):
        assert code not in page


def test_the_trail_is_narrowed_by_what_was_done_and_by_what_it_was_done_to(ada: User) -> None:
    for number in (4, 5):
        record(verb="privacy.refused", by=ada, at=NOW, subject=f"privacy:{number}")
    record(verb="privacy.erased", by=ada, at=NOW, subject="privacy:4")
    page = logged_in(ada).get(TRAIL, {"verb": "privacy.refused", "subject": "privacy:4"}).content.decode()
    assert page.count(">Refused a privacy request</th>") == 1
    assert ">Erased a customer</th>" not in page


def test_what_no_app_has_words_for_is_shown_as_it_is_written(ada: User) -> None:
    record(verb="older.thing_done", by=ada, at=NOW, subject="thing:1", some_fact=True)
    page = logged_in(ada).get(TRAIL).content.decode()
    for said in ("older.thing_done", "thing:1", "some_fact", "yes"):
        assert said in page
