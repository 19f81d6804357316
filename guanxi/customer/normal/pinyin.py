"""Chinese names in Latin letters: every reading for finding, the likeliest one for showing and sorting."""

from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, lazy_pinyin, pinyin

from guanxi.customer.normal.names import fold, is_chinese
from guanxi.customer.normal.surnames import SURNAMES

MOST_READINGS = 8


def readings(name: str) -> list[list[str]]:
    """Ways to say the Chinese part of a name, each as syllables without tone, the likeliest first, at most eight."""
    characters = [sign for sign in name if is_chinese(sign)]
    if not characters:
        return []
    likeliest = _likeliest("".join(characters))
    choices = [_best_first(said, sign) for sign, said in zip(characters, likeliest, strict=True)]
    return [list(way) for way in islice(product(*choices), MOST_READINGS)]


def latin_spelling(name: str) -> str:
    """A Chinese person's name in pinyin, family name first: 王晓梅 is Wang Xiaomei. Empty for other names."""
    characters = "".join(sign for sign in name if is_chinese(sign))
    if not characters or len(characters) != len(name):
        return ""
    said, cut = _likeliest(characters), len(surname(characters))
    parts = ["".join(said[:cut]), "".join(said[cut:])]
    return " ".join(part.capitalize() for part in parts if part)


def surname(name: str) -> str:
    """The family name that a Chinese name starts with: two characters where they form one, else the first."""
    return name[:2] if len(name) > 2 and name[:2] in SURNAMES else name[:1]


def sort_key(name: str) -> str:
    """The key under which a name stands in a list: pinyin syllables for Chinese, else folded Latin."""
    if not is_chinese(name):
        return fold(name)[:250]
    characters = iter(_likeliest("".join(sign for sign in name if is_chinese(sign))))
    spelt = "".join(f"{next(characters)} " if is_chinese(sign) else fold(sign) for sign in name)
    return f"{spelt.strip()} {name}"[:250]


@lru_cache(maxsize=65536)
def _likeliest(characters: str) -> list[str]:
    said = lazy_pinyin(characters, style=Style.NORMAL)
    if len(said) != len(characters):  # unknown neighbours come back in one piece
        said = [lazy_pinyin(sign, style=Style.NORMAL)[0] for sign in characters]
    family = SURNAMES.get(surname(characters)) if len(characters) <= 4 else None
    return family.split() + said[len(family.split()) :] if family else said


def _best_first(best: str, sign: str) -> list[str]:
    return [best, *(other for other in _all_of(sign) if other != best)]


@lru_cache(maxsize=32768)
def _all_of(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))
