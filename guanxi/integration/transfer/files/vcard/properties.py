"""One property of a card: its name, what qualifies it, and its value as text."""

import binascii
import quopri
import re
from dataclasses import dataclass, field

LONGEST_TEXT = 4_000  # bytes of encoded data that are still taken for text

_NAME = re.compile(rb"[ \t]*(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)[ \t]*")
_PIECE = re.compile(rb'[ \t]*([A-Za-z0-9-]+)[ \t]*(?:=((?:"[^"]*"|[^";:])*))?')
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What phones and old address books call encodings that Python knows better by another name.
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "iso-8859-1": "cp1252"}
# Python also knows encodings that unpack archives or read escapes; none of them is a card's affair.
_TEXTUAL = re.compile(
    r"utf-?8|us-ascii|ascii|gb18030|big5|cp932|cp125\d|iso-?8859-?\d+|windows-125\d|koi8-r|euc-(kr|jp)"
)
BINARY = {"PHOTO", "LOGO", "SOUND", "KEY"}


class BrokenProperty(ValueError):
    """The property cannot be read; the text is a reason of `reasons.py`."""


@dataclass(frozen=True)
class Property:
    """`kinds` are the words of TYPE in lower case, `prefs` the PREF of version 4 (1 first), 101 when it has none."""

    name: str
    text: str
    kinds: frozenset[str] = frozenset()
    params: dict[str, str] = field(default_factory=dict)
    version: str = "3.0"

    @property
    def preference(self) -> int:
        given = self.params.get("PREF", "")
        if given.isdecimal() and len(given) <= 3:
            return int(given)
        return 1 if "pref" in self.kinds else 101

    def value(self) -> str:
        """The whole value as one text."""
        return self._plain(self.text)

    def parts(self) -> list[str]:
        """The parts of a compound value such as N, ADR or ORG; lists inside a part are joined."""
        return [", ".join(self._list(part)) for part in _split(self.text, ";")]

    def words(self) -> list[str]:
        """The members of a list such as CATEGORIES."""
        return self._list(self.text)

    def _list(self, text: str) -> list[str]:
        members = [text] if self.version == "2.1" else _split(text, ",")
        return [plain for member in members if (plain := self._plain(member))]

    def _plain(self, text: str) -> str:
        """Version 2.1 escapes the semicolon only; a backslash before anything else is one."""
        if self.version == "2.1":
            return text.replace("\\;", ";").strip()
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def read_property(line: bytes, encoding: str, version: str) -> Property | None:
    """One line as a property; None for embedded data, which stays in the file.

    encoding: of the file, for values that name no character set. Raises BrokenProperty.
    """
    found = _NAME.match(line)
    if not found or line[found.end() : found.end() + 1] not in {b";", b":"}:
        raise BrokenProperty("card_line")
    name = found[1].decode().upper()
    params, end = _params(line, found.end(), encoding)
    value = line[end:]
    if _is_data(name, params, value):
        return None
    kinds = frozenset(word.strip().lower() for word in params.get("TYPE", "").split(",") if word.strip())
    text = _decoded(_transferred(value, params.get("ENCODING", "").lower()), params.get("CHARSET", ""), encoding)
    return Property(name, text, kinds, params, version)


def _params(line: bytes, place: int, encoding: str) -> tuple[dict[str, str], int]:
    """Parameters by name, repeated ones joined by commas; and where the value begins."""
    params: dict[str, str] = {}
    while line[place : place + 1] == b";":
        piece = _PIECE.match(line, place + 1)
        if not piece:
            place += 1  # a stray semicolon
            if line[place : place + 1] not in {b";", b":"}:
                raise BrokenProperty("card_line")
            continue
        name, given = piece[1].decode().upper(), piece[2]
        if given is None:
            name, given = _bare(name), piece[1]
        text = re.sub(r"\^[n'^]", lambda caret: _CARET[caret[0]], _lenient(given, encoding).replace('"', "").strip())
        params[name] = f"{params[name]},{text}" if name in params else text
        place = piece.end()
    if line[place : place + 1] != b":":
        raise BrokenProperty("card_line")
    return params, place + 1


def _bare(word: str) -> str:
    """What a word without a name means in version 2.1."""
    if word in {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"}:
        return "ENCODING"
    return "VALUE" if word in {"URL", "URI", "CONTENT-ID", "CID"} else "TYPE"


def _is_data(name: str, params: dict[str, str], value: bytes) -> bool:
    encoded = params.get("ENCODING", "").lower() in {"b", "base64"} or value[:5].lower() == b"data:"
    return (name in BINARY and (encoded or len(value) > LONGEST_TEXT)) or (encoded and len(value) > LONGEST_TEXT)


def _transferred(value: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.decodestring(value)
    if encoding in {"b", "base64"}:
        try:
            return binascii.a2b_base64(value)
        except binascii.Error as problem:
            raise BrokenProperty("card_data") from problem
    return value


def _decoded(value: bytes, charset: str, encoding: str) -> str:
    named = _CHARSETS.get(charset.lower(), charset.lower()) or encoding
    if not _TEXTUAL.fullmatch(named):
        raise BrokenProperty("card_charset")
    try:
        return value.decode(named)
    except LookupError as problem:
        raise BrokenProperty("card_charset") from problem
    except UnicodeError as problem:
        raise BrokenProperty("encoding") from problem


def _lenient(value: bytes, encoding: str) -> str:
    return value.decode(encoding, errors="replace")


def _split(text: str, sign: str) -> list[str]:
    """The parts between signs that no backslash escapes."""
    parts, begin, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == sign:
            parts.append(text[begin:place])
            begin = place + 1
        place += 1
    return [*parts, text[begin:]]
