"""The words under which a customer is found. They are kept in `Party.search`, parted by single spaces."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from guanxi.customer.normal import fold, is_chinese, national_number, readings, simplified

MOST_CHARACTERS = 12  # of a Chinese name are read aloud; longer ones are found by their characters
STARTS = (1, 2)  # so many first letters are words of their own: a prefix that short would walk half the index
BACKWARDS = "~"  # stands before a number that is written from its end, so that any tail of it is a prefix
_CHINESE = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_CHINESE_RUN = re.compile(rf"[{_CHINESE}]+")
_LATIN_RUN = re.compile(rf"[^\W_{_CHINESE}]+")


def tokens(*, names: Iterable[str], phones: Iterable[str], emails: Iterable[str], numbers: Iterable[str]) -> str:
    """All search words of one customer. Phones are E.164; the rest may be as people wrote it."""
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(name_words(name)))
    for phone in phones:
        found.update(dict.fromkeys(_phone_words(phone)))
    for email in emails:
        found.update(dict.fromkeys([email, *latin_words(email), email.partition("@")[2]]))
    for number in numbers:
        found.update(dict.fromkeys([*latin_words(number), *_CHINESE_RUN.findall(number)]))
    found.pop("", None)
    return " ".join(found)


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Latin words and how they start; single Chinese characters, their pairs, and the pinyin of every reading."""
    return tuple(dict.fromkeys(_name_words(name)))


def _name_words(name: str) -> Iterator[str]:
    for word in latin_words(name):
        yield from _with_starts(word)
    if is_chinese(name):
        for written in dict.fromkeys([name, simplified(name)]):
            for run in _CHINESE_RUN.findall(written):
                yield from chinese_words(run)
        for said in _spoken(simplified(name)):
            yield from _with_starts(said)


def latin_words(text: str) -> list[str]:
    """Folded words of letters and digits; Chinese characters left out."""
    return _LATIN_RUN.findall(fold(text))


def chinese_words(run: str) -> Iterator[str]:
    """Single characters and neighbouring pairs of a run of Chinese characters."""
    yield from run
    yield from (run[i : i + 2] for i in range(len(run) - 1))


def _with_starts(word: str) -> Iterator[str]:
    yield word
    yield from (word[:length] for length in STARTS if length < len(word))


def _spoken(name: str) -> Iterator[str]:
    """Full pinyin and initials from each syllable on, so that any prefix of a later part is found too."""
    characters = "".join(_CHINESE_RUN.findall(name))[:MOST_CHARACTERS]
    for way in readings(characters):
        for start in range(len(way)):
            yield "".join(way[start:])
            if start < len(way) - 1:
                yield "".join(syllable[0] for syllable in way[start:])


def _phone_words(phone: str) -> Iterator[str]:
    national = national_number(phone)
    yield from (phone.removeprefix("+"), national, f"0{national}", BACKWARDS + national[::-1])
