"""JSON: a line for each record, or one array of them. What is nested becomes columns with dots in their names."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.rows import MOST_COLUMNS, Block, Table, block_of, write_rows

AT_ONCE = 2_000
BLOCK = 1 << 20
LONGEST_RECORD = 16 << 20  # characters
ESCAPE = 8  # characters at the end of what is held that may be a sign cut in two
MOST_MEMBERS = 10  # of a list of objects that get columns of their own; what follows is kept as JSON
VERBATIM = "JSON"
BROKEN = (ValueError, RecursionError)

_OPENING = re.compile(r"\ufeff?\s*\[?")
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda word: None)

Cells = dict[str, str]


@dataclass(frozen=True)
class Found:
    """A record of the file: its cells, or the text that is none."""

    cells: Cells
    problem: str | None = None


def read_json(path: Path, into: Path, encoding: str) -> Table:
    """Write a row for each object, numbered from 1; a broken one is a row with a problem and its text.

    Nested objects become columns (`address.city`), lists of texts one cell (`a; b`), lists of objects numbered columns
    (`emails.1.value`). Numbers keep their spelling.

    Raises:
        FileProblem: there are more than 500 columns, or no end of a record.
    """
    header: dict[str, None] = {}
    for each in _records(path, encoding):
        header.update(dict.fromkeys(each.cells))
        if len(header) > MOST_COLUMNS:
            break
    names = list(header) or [VERBATIM]
    return write_rows(into, [name[:200] for name in names], _blocks(_records(path, encoding), names))


def _blocks(records: Iterator[Found], names: list[str]) -> Iterator[Block]:
    number = 1
    while some := list(islice(records, AT_ONCE)):
        block = block_of([[each.cells.get(name, "") for name in names] for each in some], number, len(names))
        yield Block(block.numbers, [each.problem for each in some], block.columns)
        number += len(some)


def _records(path: Path, encoding: str) -> Iterator[Found]:
    with path.open(encoding=encoding, errors="replace") as file:
        text = _Text(file)
        text.more()
        text.skip(_OPENING)
        while text.skip(_BETWEEN):
            if text.held[text.place] == "]":
                text.place += 1
                continue
            yield _next(text)


def _next(text: "_Text") -> Found:
    while True:
        try:
            record, end = _DECODER.raw_decode(text.held, text.place)
        except json.JSONDecodeError as problem:
            if text.may_go_on(problem) and text.more():
                continue
            return _broken(text.cut_out())
        except BROKEN:
            return _broken(text.cut_out())
        text.place = end
        return _found(record)


@dataclass
class _Text:
    """Text of a file of which more is read as it is needed.

    `place` is where the next record is looked for, `indent` the blanks at the beginning of its line.
    """

    file: TextIO
    held: str = ""
    place: int = 0
    indent: str = ""

    def more(self) -> bool:
        block = self.file.read(BLOCK)
        self.held, self.place = self.held[self.place :] + block, 0
        if len(self.held) > LONGEST_RECORD + BLOCK:
            raise FileProblem(_("A record is longer than 16 million characters. This is no list of customers."))
        return bool(block)

    def skip(self, signs: re.Pattern[str]) -> bool:
        """Go on behind these signs; whether anything follows."""
        while True:
            skipped = signs.match(self.held, self.place)[0]  # type: ignore[index]
            self.place += len(skipped)
            if "\n" in skipped:
                self.indent = skipped.rpartition("\n")[2]
            if self.place < len(self.held):
                return True
            if not self.more():
                return False

    def may_go_on(self, problem: json.JSONDecodeError) -> bool:
        """Whether a record that cannot be read merely does not end in what is held."""
        return problem.pos >= len(self.held.rstrip()) - ESCAPE or problem.msg.startswith("Unterminated string")

    def cut_out(self) -> str:
        """The text up to the next line that begins as this record does, which is no record."""
        begin = f"\n{self.indent}{{"
        while (end := self.held.find(begin, self.place)) < 0 and len(self.held) < LONGEST_RECORD and self.more():
            pass
        cut = self.held[self.place : end if end >= 0 else len(self.held)]
        self.place += len(cut)
        return cut


def _found(record: object) -> Found:
    if not isinstance(record, dict):
        return _broken(json.dumps(record, ensure_ascii=False))
    cells: Cells = {}
    try:
        _flatten(cells, "", record)
    except RecursionError:
        return _broken(str(record)[:1000])
    return Found(cells)


def _broken(text: str) -> Found:
    return Found({VERBATIM: text.strip()[:100_000]}, "json_broken")


def _flatten(cells: Cells, name: str, value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(cells, f"{name}.{key}" if name else str(key) or "–", inner)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, inner in enumerate(value[:MOST_MEMBERS], start=1):
            _flatten(cells, f"{name}.{number}", inner)
        if rest := value[MOST_MEMBERS:]:
            cells[f"{name}.…"] = json.dumps(rest, ensure_ascii=False)
    elif isinstance(value, list):
        cells[name] = "; ".join(_text(each) for each in value if each is not None)
    elif value is not None:
        cells[name] = _text(value)


def _text(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
