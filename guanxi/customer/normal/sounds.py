"""How a Latin name sounds, roughly: what two people write who hear it. Consonants only, after Knuth's Soundex."""

import re
from functools import lru_cache

_SPELLINGS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"ph", "f"),
        (r"(sch|sh|sz|tsch|tch|ch)", "x"),
        (r"(ck|cq|qu|q)", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"(dg|j|g(?=[eiy]))", "j"),
        (r"gh(?![aeiou])", ""),
        (r"z", "s"),
        (r"v", "f"),
        (r"th", "t"),
        (r"d$", "t"),
        (r"y", "i"),
    )
]
_SILENT = re.compile(r"(?<!^)[aeiouhw]")
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL = re.compile(r"^[aeiou]")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The key of one folded word: creswell and cresswel are krsl. Empty for none."""
    for pattern, written in _SPELLINGS:
        word = pattern.sub(written, word)
    return _DOUBLED.sub(r"\1", _VOWEL.sub("a", _SILENT.sub("", _DOUBLED.sub(r"\1", word))))
