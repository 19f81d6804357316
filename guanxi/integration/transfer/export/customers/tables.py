"""Customers as CSV and as an Excel workbook. No cell of either is ever a formula."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from guanxi.integration.transfer.export.customers.columns import Cell, Column
from guanxi.integration.transfer.export.customers.taking import Taken

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, customers: Iterable[Taken], columns: list[Column]) -> int:
    """UTF-8 with a byte order mark, as spreadsheets expect; how many customers."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([neutral(column.name) for column in columns])
        for count, customer in enumerate(customers, start=1):  # noqa: B007 (the last number is the count)
            writer.writerow([neutral(_written(column.cell(customer))) for column in columns])
    return count


def write_workbook(path: Path, customers: Iterable[Taken], columns: list[Column]) -> int:
    """One sheet; figures and days are such, everything else is text whatever it begins with. How many customers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Customers")
    sheet.freeze_panes = "B2"
    head = [_text_cell(sheet, column.name) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 0
    for count, customer in enumerate(customers, start=1):  # noqa: B007 (the last number is the count)
        sheet.append([_cell(sheet, column.cell(customer)) for column in columns])
    book.save(path)
    return count


def neutral(value: Cell) -> Cell:
    """A text that a spreadsheet would read as a formula gets an apostrophe in front, which importing takes off again;
    figures stay figures."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _written(value: Cell) -> Cell:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _cell(sheet: Any, value: Cell) -> Any:
    if isinstance(value, str):
        return _text_cell(sheet, value) if value else None
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell whose text stays text in Excel, also when somebody edits it."""
    cell = WriteOnlyCell(sheet, _clean(text))
    cell.data_type = "s"
    if text.startswith(FORMULA):
        cell.quotePrefix = True
    return cell


def _clean(text: str) -> str:
    """Without the control characters that no XML can hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")[:32_767]
