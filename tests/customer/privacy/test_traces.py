"""What is blanked in facts about others when a customer is erased, and what is left as it was."""

from typing import Any

import pytest

from guanxi.customer.merging import merge_together, undo_together
from guanxi.customer.models import Party, PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.privacy.traces import erase_traces, without
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry
from tests.customer.incoming import known
from tests.world import NOW


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        (["Al"], "Alice called Al, not Sal", "Alice called [erased], not Sal"),
        (["Al"], "Al_offer.pdf", "[erased]_offer.pdf"),
        (["Al"], "联系Al吧", "联系[erased]吧"),
        (["Jos"], "José", "José"),
        (["José"], "to José.", "to [erased]."),
        (["Al", "Al Capp"], "Al Capp and Al", "[erased] and [erased]"),
        (["魏诗涵"], "请联系魏诗涵吧", "请联系[erased]吧"),
        (["魏诗涵"], "魏诗", "魏诗"),
        (["+447788991122"], "tel:+447788991122.", "tel:[erased]."),
        (["7788991122"], "377889911220", "377889911220"),
        (["al@x.example"], "al@x.example", "[erased]"),
        (["A. (B)"], "A. (B), A", "[erased], A"),
        (["erased", "Al"], "Al", "[erased]"),
        ([], "Al", "Al"),
    ],
)
def test_whole_words_are_blanked(values: list[str], before: str, after: str) -> None:
    assert without(before, values) == after


def test_names_of_facts_stay_and_counted_sentences_do_not() -> None:
    facts: dict[str, Any] = {"merges": [1, "merges"], "to": {"al": "al"}, "reason:“al” is too long": 2, "none": None}
    assert without(facts, ["merges", "al", "to"]) == {
        "merges": [1, "[erased]"],
        "to": {"al": "[erased]"},
        "reason:“[erased]” is too long": 2,
        "none": None,
    }


@pytest.mark.django_db
def test_an_erased_customer_of_a_short_name_harms_nobody(alice: User) -> None:
    """Others are still called what they are called, and what was done with them can still be undone."""
    one, other = known("One"), known("Other")
    merged = merge_together(parties=[one, other], survivor=one, by=alice, at=NOW)
    noted = note(verb="test.noted", by=alice, at=NOW, who="Alice", of="Al")

    counts = erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=["Al", "merges", "survivor"]))

    assert Entry.objects.get(pk=noted.pk).facts == {"who": "Alice", "of": "[erased]"}
    assert counts["audit.Entry"] == 1
    undo_together(entry=Entry.objects.get(pk=merged.pk), by=alice, at=NOW)
    assert Party.objects.count() == 2
