"""Whatever the comparison may say of a field stands in a sentence a clerk reads."""

import pytest

from guanxi.analytical.identity import Level
from guanxi.analytical.identity.comparisons import ALL
from guanxi.customer.matching.evidence import WEIGHTS
from guanxi.customer.matching.words import FIELDS, LEVELS, in_words


@pytest.mark.parametrize("field", sorted({each.field for each in ALL} | set(WEIGHTS)))
def test_every_field_has_a_name(field: str) -> None:
    assert str(FIELDS[field])


def test_every_level_has_words() -> None:
    assert set(LEVELS) == set(Level)


def test_a_line_reads_as_a_sentence() -> None:
    line = {"field": "given", "level": "same pinyin", "left": "晓梅", "right": "xiaomei", "weight": 9.1}
    assert in_words(line) == "Given name: the same pinyin (“晓梅” and “xiaomei”)"
    card = {"field": "code", "level": "exact", "left": "card 88001", "right": "card 88001", "weight": 14.0}
    assert in_words(card) == "Card or registered number: the same (Card 88001)"
