"""Streets, towns and postcodes in the one spelling in which records are compared. Not for showing."""

import re
from functools import lru_cache

from guanxi.customer.normal.divisions import without_place
from guanxi.customer.normal.names import fold, is_chinese, plain_text
from guanxi.customer.normal.script import simplified

_ABBREVIATIONS = {
    "st": "street",
    "str": "strasse",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "ct": "court",
    "pl": "place",
    "sq": "square",
    "cres": "crescent",
    "cr": "crescent",
    "blvd": "boulevard",
    "hwy": "highway",
    "tce": "terrace",
    "ter": "terrace",
    "gdns": "gardens",
    "gr": "grove",
    "cl": "close",
    "pde": "parade",
    "nr": "",
    "no": "",
}
_NUMBER = re.compile(r"\d+\s?[a-z]?(?![a-z\d])")
_CHINESE_NUMBER = re.compile(r"\d+(?=号|弄|幢|栋|室|楼)|\d+")
_ROOM = re.compile(r"\b(flat|apt|apartment|unit|suite|room|floor|shop)\s?\d+[a-z]?\b")
_SHORT_STREET = re.compile(r"(?<=[a-z]{3})str\b")
_WORD = re.compile(r"[^\W\d_]+")
_TAIL = re.compile(r"(市|区|县|省)$")


@lru_cache(maxsize=65536)
def street_and_house(text: str) -> tuple[str, str]:
    """Street without abbreviations, and the house's number: ("mill lane", "12b") for 12b Mill Ln."""
    plain = fold(simplified(plain_text(text)))
    if is_chinese(plain):
        numbers = _CHINESE_NUMBER.findall(plain)
        return without_place(_CHINESE_NUMBER.sub("", plain)).replace("号", ""), numbers[0] if numbers else ""
    plain = _ROOM.sub(" ", plain)
    found = _NUMBER.search(plain)
    words = (_ABBREVIATIONS.get(word, word) for word in _WORD.findall(_NUMBER.sub(" ", plain)))
    street = _SHORT_STREET.sub("strasse", " ".join(filter(None, words)))
    return street, found[0].replace(" ", "") if found else ""


@lru_cache(maxsize=65536)
def plain_town(text: str) -> str:
    """杭州 for 浙江省杭州市; York for YORK."""
    plain = fold(simplified(plain_text(text)))
    return _TAIL.sub("", plain.rpartition("省")[2]) if is_chinese(plain) else plain


def plain_postcode(text: str) -> str:
    """Letters and digits only, small: sw1a1aa."""
    return "".join(sign for sign in fold(plain_text(text)) if sign.isalnum())
