"""Text as people typed it, brought to one form: full-width letters, odd spaces and accents no longer part equals."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain_text(text: str) -> str:
    """NFKC, no invisible signs, single spaces, none at the ends or between Chinese characters."""
    if text.isascii():
        if text.isprintable() and "  " not in text:
            return text.strip()
        return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    clean = _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()
    return re.sub(f"({_CHINESE.pattern}) (?={_CHINESE.pattern})", r"\1", clean)


def fold(text: str) -> str:
    """Lower case without accents, for comparing and sorting Latin text; Chinese characters stay."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).replace("ø", "o").replace("ł", "l")


def is_chinese(text: str) -> bool:
    """Whether any character is a Chinese one."""
    return not text.isascii() and _CHINESE.search(text) is not None
