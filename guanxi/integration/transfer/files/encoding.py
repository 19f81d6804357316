"""In which encoding a text was written: decided over the whole file, by what its bytes can and do mean.

A byte order mark or valid UTF-8 decides at once. The older East Asian encodings and Latin-1 accept almost any bytes, so
they are weighed: how many of the characters they would give are in everyday use (GB/T 2312, Big5, JIS level 1), and
for Latin-1, how many of the letters above ASCII stand alone among ASCII ones, as in European words.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from guanxi.integration.transfer.files.content import HEAD
from guanxi.integration.transfer.files.utf16 import utf_16_of

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "gb18030": "GBK / GB18030",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "cp1252": "Latin-1 / Windows-1252",
}
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BLOCK = 1 << 20
SAMPLE = 200_000

_HIGH_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_GB_COMMON = (0xB0, 0xD7)  # lead bytes of GB/T 2312 level 1: the 3,755 everyday characters
_GB_RARE = (0xD8, 0xF7)
_BIG5_COMMON = (0xA4, 0xC6)  # lead bytes of Big5 level 1
_JIS_COMMON = (0x88, 0x97)  # lead bytes of JIS level 1


def encoding_of(path: Path) -> str:
    """The encoding in which the file was most probably written, as a Python codec."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return encoding
    if wide := utf_16_of(head):
        return wide
    if decodes(path, "utf-8"):
        return "utf-8"
    return _likeliest(_non_ascii_sample(path))


def decodes(path: Path, encoding: str) -> bool:
    """Whether every byte of the file means something in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _non_ascii_sample(path: Path) -> bytes:
    found = bytearray()
    for block in _blocks(path):
        for line in _HIGH_LINE.findall(block):
            found += line + b"\n"
        if len(found) > SAMPLE:
            break
    return bytes(found[:SAMPLE])


def _likeliest(sample: bytes) -> str:
    weights = {
        "cp1252": _western(sample),
        "gb18030": _chinese(sample, "gb18030"),
        "big5": _chinese(sample, "big5"),
        "cp932": _japanese(sample),
    }
    return max(weights, key=lambda encoding: weights[encoding])


def _western(sample: bytes) -> float:
    """Share of the bytes above ASCII that stand alone; pairs of letters above ASCII are rare in European words."""
    runs = _HIGH_RUN.findall(sample)
    high = sum(map(len, runs))
    return sum(1 for run in runs if len(run) == 1) / high if high else 0.0


def _chinese(sample: bytes, encoding: str) -> float:
    """Mean weight of the characters above ASCII: 1 for everyday ones, 0.5 for rare ones, 0 for others."""
    signs = [sign for sign in sample.decode(encoding, errors="replace") if ord(sign) > 127]
    if not signs:
        return 0.0
    return sum(_everyday(sign, encoding) for sign in signs) / len(signs)


def _everyday(sign: str, encoding: str) -> float:
    try:
        lead, trail = sign.encode("gb2312" if encoding == "gb18030" else "big5")
    except (UnicodeEncodeError, ValueError):
        return 0.0
    if encoding == "big5":
        return 1.0 if _BIG5_COMMON[0] <= lead <= _BIG5_COMMON[1] else 0.5
    if _GB_RARE[0] <= lead <= _GB_RARE[1]:
        return 0.5
    return 1.0 if trail and lead <= _GB_COMMON[1] else 0.0


def _japanese(sample: bytes) -> float:
    """Mean weight of the characters above ASCII: kana and the everyday ones of JIS level 1 count 1, others of JIS 0.5.

    Half-width kana count nothing: every Chinese byte could be one.
    """
    signs = [sign for sign in sample.decode("cp932", errors="replace") if ord(sign) > 127]
    return sum(map(_everyday_in_japan, signs)) / len(signs) if signs else 0.0


def _everyday_in_japan(sign: str) -> float:
    if "\u3041" <= sign <= "\u30fe":
        return 1.0
    written = sign.encode("cp932", errors="ignore")
    if len(written) != 2:
        return 0.0
    return 1.0 if _JIS_COMMON[0] <= written[0] <= _JIS_COMMON[1] else 0.5
