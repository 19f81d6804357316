"""The names of columns and fields without what does not matter in them."""

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OUTER = re.compile(r"[(（\[【].*?[)）\]】]")
_WORD = re.compile(r"[^\W_]+")


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs: `Invoice No.` and `invoice_no` are one."""
    return "".join(words(name))


def words(name: str) -> list[str]:
    """The words of a name. What stands in brackets is a remark."""
    plain = unicodedata.normalize("NFKC", _OUTER.sub("", name) or name)
    return _WORD.findall(_CAMEL.sub(" ", plain).casefold())
