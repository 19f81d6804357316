"""Excel workbooks as people build them: titles, merged headers, several sheets, formats that matter."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from guanxi.integration.transfer.files.content import FileProblem
from tests.integration.transfer.reading.rows import rows_of


def book(*fill: Callable[[Worksheet], None]) -> bytes:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for number, each in enumerate(fill):
        each(made.create_sheet(f"Sheet {number + 1}"))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def titled(sheet: Worksheet) -> None:
    sheet["A1"] = "Customers of 2026"
    sheet.merge_cells("A1:E1")
    for row in (["No", "Name", "Contact", None, "Postcode"], [None, None, "Phone", "E-mail"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:D2")
    sheet.append([1, "王伟", 13800138000, "w@example.cn", 1234])
    sheet["E4"].number_format = "00000"


def empty(sheet: Worksheet) -> None:
    sheet.title = "Cover"


def prices(sheet: Worksheet) -> None:
    sheet.append(["Day", "At", "Price", "Paid"])
    sheet.append([date(2026, 3, 2), datetime(2026, 3, 2, 9, 30), 12.5, True])  # noqa: DTZ001 (a sheet has no zones)


def test_the_header_is_found_below_a_title_and_read_across_merged_cells(tmp_path: Path) -> None:
    rows, how = rows_of(tmp_path, book(titled))
    assert how.header == 3
    assert rows == [
        {
            "row": 4,
            "No": "1",
            "Name": "王伟",
            "Contact Phone": "13800138000",
            "Contact E-mail": "w@example.cn",
            "Postcode": "01234",
        }
    ]


def test_the_first_sheet_that_holds_anything_is_read_and_another_can_be_chosen(tmp_path: Path) -> None:
    content = book(empty, titled, prices)
    rows, how = rows_of(tmp_path, content)
    assert (how.sheet, how.sheets) == ("Sheet 2", ["Cover", "Sheet 2", "Sheet 3"])
    assert rows[0]["Name"] == "王伟"

    rows, how = rows_of(tmp_path, content, sheet="Sheet 3")
    assert how.header == 1
    assert rows == [
        {"row": 2, "Day": "2026-03-02 00:00:00", "At": "2026-03-02 09:30:00", "Price": "12.5", "Paid": "True"}
    ]


def test_a_chosen_sheet_without_rows_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no rows"):
        rows_of(tmp_path, book(empty, titled), sheet="Cover")


@pytest.mark.parametrize("header", [0, 1, 2])
def test_the_row_of_the_names_can_be_chosen(tmp_path: Path, header: int) -> None:
    rows, how = (
        rows_of(tmp_path, book(prices), header=header) if header < 2 else rows_of(tmp_path, book(titled), header=2)
    )
    assert how.header == header
    assert rows[0]["row"] == header + 1


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(tmp_path: Path) -> None:
    def late(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"] = "Name", "City"
        sheet["B6"], sheet["C6"] = "Ann", "York"

    rows, how = rows_of(tmp_path, book(late))
    assert how.header == 3
    assert rows[-1] == {"row": 6, "Name": "Ann", "City": "York"}


def test_cells_that_are_formatted_and_empty_are_no_columns(tmp_path: Path) -> None:
    def wide(sheet: Worksheet) -> None:
        sheet.append(["Name", "City"])
        sheet.append(["Ann", "York"])
        sheet.cell(1, 9_000).number_format = "0.00"

    assert rows_of(tmp_path, book(wide))[0] == [{"row": 2, "Name": "Ann", "City": "York"}]


def test_other_spreadsheets_are_told_apart(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    ods = b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" + bytes(99)
    for content, sentence in (
        (locked, "protected by a password"),
        (b"\xd0\xcf\x11\xe0" + bytes(999), "old Excel workbook"),
        (ods, "OpenDocument"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "This is a calendar"),
    ):
        with pytest.raises(FileProblem, match=sentence):
            rows_of(tmp_path, content)
