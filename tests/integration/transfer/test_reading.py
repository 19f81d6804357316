"""Files in any encoding and dialect give the same table."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from guanxi.integration.transfer.files.reading import guessed_reading, read

PEOPLE = [["姓名", "城市"], ["王伟", "北京市朝阳区"], ["李娜", "上海市徐汇区"], ["张敏", "广州市天河区"]]


def table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a file, read as it is guessed to be."""
    found, _how = read(path, path.with_suffix(".rows"), guessed_reading(path))
    rows = pq.read_table(path.with_suffix(".rows")).to_pylist()
    return found.header, [[row[f"c{place}"] or "" for place in range(len(found.header))] for row in rows]


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_chinese_text_is_read_in_whatever_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(written(PEOPLE, delimiter).encode(encoding))
    assert table(path) == (PEOPLE[0], PEOPLE[1:])


def test_big5_and_latin_1_are_told_from_gbk(tmp_path: Path) -> None:
    taiwan = [["姓名", "地址"], ["陳大文", "臺北市中正區重慶南路"], ["林美玲", "高雄市前金區中華路"]]
    europe = [["Name", "Ort"], ["Jürgen Müller", "Köln"], ["Zoë Brontë", "Besançon"], ["Søren", "Århus"]]
    for encoding, rows in (("big5", taiwan), ("cp1252", europe)):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(written(rows).encode(encoding))
        assert guessed_reading(path).encoding == encoding
        assert table(path) == (rows[0], rows[1:])


# Without the signs that could be another dialect's.
CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters=";|'"), max_size=12
).map(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from(["a", "b", "王"]), CELL, CELL), min_size=1, max_size=8))
def test_any_rows_come_back_as_they_were_written(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path / "any.csv"
    path.write_text(written([["First", "Second", "Third"], *map(list, rows)]), encoding="utf-8", newline="")
    assert table(path) == (["First", "Second", "Third"], [list(row) for row in rows])


def test_titles_above_the_header_and_columns_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("Sales report,,\n\nNo,Name,\n1,Ann,x\n2,Bob,y\n", encoding="utf-8")
    assert table(path) == (["No", "Name", "Column 3"], [["1", "Ann", "x"], ["2", "Bob", "y"]])


def test_a_table_without_a_header_gets_numbered_columns(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("1,ann@example.com\n2,bob@example.com\n", encoding="utf-8")
    assert table(path)[0] == ["Column 1", "Column 2"]


def test_a_workbook_is_read_with_its_dates_and_figures(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["No", "Name", "Spent"], [1, "王伟", 12.5], [2, "Ann", 3.0]):
        book.active.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert table(path) == (["No", "Name", "Spent"], [["1", "王伟", "12.5"], ["2", "Ann", "3"]])
