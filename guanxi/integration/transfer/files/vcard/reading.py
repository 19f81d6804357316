from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from guanxi.integration.transfer.files.rows import LONGEST_CELL, Block, Table, block_of, without_empty, write_rows
from guanxi.integration.transfer.files.vcard.columns import COLUMNS, VERBATIM, Cells, cells_of
from guanxi.integration.transfer.files.vcard.lines import RawCard, cards
from guanxi.integration.transfer.files.vcard.properties import BrokenProperty, Property, read_property

BLOCK = 1 << 20
AT_ONCE = 2_000
SHOWN = 400  # bytes of a line of embedded data beyond which only its length is kept with the record
GROUPS = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


def read_vcards(path: Path, into: Path, encoding: str) -> Table:
    """Write a row for each card, numbered from 1, with the card itself in the last column.

    A card that cannot be read is a row with a problem; so is what stands outside all cards. Embedded data (photos,
    keys) stay in the file. Columns that no card fills are left out.

    Raises:
        FileProblem: a line never ends.
    """
    inside = "utf-8" if encoding.startswith("utf") else encoding
    blocks = _blocks(cards(_bytes(path, encoding)), inside)
    return without_empty(into, write_rows(into, list(COLUMNS), blocks))


def _bytes(path: Path, encoding: str) -> Iterator[bytes]:
    """The file in blocks, in an encoding whose line ends are those of ASCII and without its mark."""
    if not encoding.startswith("utf-16"):
        with path.open("rb") as file:
            first = file.read(BLOCK)
            yield first.removeprefix(b"\xef\xbb\xbf")
            while block := file.read(BLOCK):
                yield block
        return
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        while part := text.read(BLOCK):
            yield part.removeprefix("\ufeff").encode("utf-8", errors="replace")


def _blocks(found: Iterator[RawCard], encoding: str) -> Iterator[Block]:
    number = 1
    while some := list(islice(found, AT_ONCE)):
        read = [_row(card, encoding) for card in some]
        block = block_of([[cells.get(column, "") for column in COLUMNS] for cells, _ in read], number, len(COLUMNS))
        yield Block(block.numbers, [problem for _, problem in read], block.columns)
        number += len(some)


def _row(card: RawCard, encoding: str) -> tuple[Cells, str | None]:
    cells: Cells = {VERBATIM: _verbatim(card, encoding)}
    if card.problem:
        return cells, card.problem
    try:
        properties = _properties(card.lines, encoding)
    except BrokenProperty as problem:
        return cells, str(problem)
    if any(each.name in GROUPS and each.value().lower() == "group" for each in properties):
        return cells, "card_group"
    cells |= cells_of(properties)
    if any(len(text) > LONGEST_CELL for text in cells.values()):
        return {VERBATIM: cells[VERBATIM][:LONGEST_CELL]}, "too_long"
    return cells, None


def _properties(lines: list[bytes], encoding: str) -> list[Property]:
    version = "3.0"
    properties = []
    for line in lines:
        found = read_property(line, encoding, version)
        if found is None:
            continue
        if found.name == "VERSION":
            version = found.value()
        properties.append(found)
    return properties


def _verbatim(card: RawCard, encoding: str) -> str:
    """The card as it came, each line unfolded, embedded data but for its length."""
    lines = ["BEGIN:VCARD", *(_kept(line, encoding) for line in card.lines), "END:VCARD"]
    if card.problem == "card_outside":
        lines = lines[1:-1]
    elif card.problem == "card_unended":
        lines = lines[:-1]
    return "\n".join(lines)[:LONGEST_CELL]


def _kept(line: bytes, encoding: str) -> str:
    head, colon, value = line.partition(b":")
    is_data = len(value) > SHOWN and (b"base64" in head.lower() or b"ENCODING=b" in head or value[:5] == b"data:")
    shown = f"({len(value)} bytes)" if is_data else value.decode(encoding, errors="replace")
    return head.decode(encoding, errors="replace") + colon.decode() + shown
