"""The lines of a file of vCards: unfolded, and gathered card by card.

All of it is done on bytes, as every property may be written in an encoding of its own. Whatever stands between two
cards, and a card that never ends, becomes a record with a problem, so that nothing of the file goes unanswered.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem

LONGEST_LINE = 32 << 20  # bytes; a photo of an address book is a few hundred thousand

_ENDS = re.compile(rb"\r\n|\r|\n")
_PROPERTY = re.compile(rb"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)?[ \t]*[;:]")
_FOLD = (b" ", b"\t")
_ENCODED = re.compile(rb"(?i)quoted-printable|base64|encoding=b\b")


@dataclass
class RawCard:
    """The unfolded lines between BEGIN and END; `problem` is a reason of `reasons.py`."""

    lines: list[bytes] = field(default_factory=list)
    problem: str | None = None


def cards(blocks: Iterable[bytes]) -> Iterator[RawCard]:
    """Every card of a file that comes in blocks of bytes, and all that is none."""
    return _cards(_unfolded(_lines(blocks)))


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Physical lines, whatever ends them."""
    rest = b""
    for block in blocks:
        *whole, rest = _ENDS.split(rest + block)
        if block.endswith(b"\r"):  # a line feed may follow in the next block
            rest = whole.pop() + b"\r"
        yield from whole
        if len(rest) > LONGEST_LINE:
            raise FileProblem(_("A line is longer than 32 MB. This is no file of contacts."))
    yield from _ENDS.split(rest)


def _unfolded(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Logical lines: folded by a blank (all versions), by `=` (quoted-printable), or cut within encoded data."""
    held: bytearray | None = None
    encoded, soft = False, False
    for line in lines:
        if held is None or not _goes_on(held, line, encoded=encoded, soft=soft):
            if held is not None:
                yield bytes(held)
            held = bytearray(line)
            head = line.split(b":", 1)[0]
            encoded, soft = bool(_ENCODED.search(head)), b"quoted-printable" in head.lower()
            continue
        if soft and held.endswith(b"="):
            del held[-1:]
        held += line[1:] if line[:1] in _FOLD else line
        if len(held) > LONGEST_LINE:
            raise FileProblem(_("A line is longer than 32 MB. This is no file of contacts."))
    if held is not None:
        yield bytes(held)


def _goes_on(held: bytearray, line: bytes, *, encoded: bool, soft: bool) -> bool:
    if line[:1] in _FOLD or (soft and line and held.endswith(b"=")):
        return True
    return encoded and bool(line) and not _PROPERTY.match(line)


def _cards(lines: Iterable[bytes]) -> Iterator[RawCard]:
    card: RawCard | None = None
    outside = RawCard(problem="card_outside")
    depth = 0
    for line in lines:
        mark = line.strip().upper().replace(b" ", b"")
        if mark == b"BEGIN:VCARD":
            if card is not None and (depth or (card.lines[-1:] and _is_agent(card.lines[-1]))):
                depth += 1  # version 2.1 puts the card of an agent inside the card
                continue
            if outside.lines:
                yield outside
                outside = RawCard(problem="card_outside")
            if card is not None:
                yield RawCard(card.lines, "card_unended")
            card = RawCard()
        elif card is None:
            if mark:
                outside.lines.append(line)
        elif mark == b"END:VCARD":
            if depth:
                depth -= 1
                continue
            yield card
            card = None
        elif not depth and mark:
            card.lines.append(line)
    if card is not None:
        yield RawCard(card.lines, "card_unended")
    if outside.lines:
        yield outside


def _is_agent(line: bytes) -> bool:
    return line.upper().startswith(b"AGENT")
