"""Files that are broken inside, or that swell when they are read, are answered with a sentence."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanxi.integration.transfer.files import parquet, rows, workbook
from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.reading import guessed_reading, read
from tests.integration.transfer.files import workbook as made

SHEET = "xl/worksheets/sheet1.xml"
LONG = 3_000_000


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheet is written differently."""
    whole, changed = ZipFile(io.BytesIO(made([["Name", "City"], ["Ann", "York"]]))), io.BytesIO()
    with ZipFile(changed, "w", ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, change(whole.read(name)) if name == SHEET else whole.read(name))
    return changed.getvalue()


def long_cell(sheet: bytes) -> bytes:
    return re.sub(rb'<c r="A2".*?</c>', b'<c r="A2" t="inlineStr"><is><t>' + b"x" * LONG + b"</t></is></c>", sheet)


def damaged_stream() -> bytes:
    whole = bytearray(with_sheet(lambda sheet: sheet + b"<!--" + bytes(range(32, 127)) * 40 + b"-->"))
    place = whole.index(SHEET.encode()) + len(SHEET)
    whole[place : place + 40] = b"\xff" * 40
    return bytes(whole)


def parquet_of(**columns: pa.Array) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd")
    return file.getvalue()


FILES = {
    "a sheet cut short": (with_sheet(lambda sheet: sheet[: len(sheet) // 2]), "workbook is damaged"),
    "a cell nowhere": (with_sheet(lambda sheet: sheet.replace(b'r="A2"', b'r="22"')), "workbook is damaged"),
    "a broken stream": (damaged_stream(), "workbook is damaged"),
    "a long cell": (with_sheet(long_cell), "In row 2 a cell is longer"),
    "a long text": (parquet_of(a=pa.array(["ok", "x" * LONG])), "In row 3 a cell is longer"),
    "a long text repeated": (
        parquet_of(a=pa.array(["x" * LONG]).dictionary_encode().take(pa.array([0] * 50_000)).cast(
            pa.dictionary(pa.int32(), pa.string())
        )),
        "a cell is longer",
    ),
    "columns without end": (parquet_of(**{f"c{place}": pa.array([""]) for place in range(2_000)}), "500 columns"),
    "names without end": (b"," * 40_000 + b"\nAnn" + b"," * 40_000 + b"\n", "500 columns"),
    "a moment beyond the calendar": (
        parquet_of(a=pa.array([[2**62]], pa.list_(pa.timestamp("us")))), "Parquet file is damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_broken_or_swollen_file_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    content, sentence = FILES[name]
    path = tmp_path / "original"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=sentence):
        read(path, tmp_path / "rows.parquet", guessed_reading(path))


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1000)
    path = tmp_path / "original"
    path.write_bytes(made([["Name"], ["Ann"]]))
    with pytest.raises(FileProblem, match="when it is unpacked"):
        read(path, tmp_path / "rows.parquet", guessed_reading(path))


@pytest.mark.parametrize(("limit", "most"), [("MOST_ROWS", 9_999), ("MOST_CELLS", 19_999), ("MOST_TEXT", 100_000)])
@pytest.mark.parametrize("form", ["Parquet", "CSV"])
def test_a_file_of_equal_rows_that_swells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, limit: str, most: int
) -> None:
    name = "Ann of York"
    table = parquet_of(a=pa.repeat(name, 10_000), b=pa.repeat(name, 10_000))
    content = table if form == "Parquet" else b"a,b\n" + f"{name},{name}\n".encode() * 10_000
    path = tmp_path / "original"
    path.write_bytes(content)
    assert read(path, tmp_path / "rows.parquet", guessed_reading(path))[0].rows == 10_000
    monkeypatch.setattr(rows, limit, most)
    with pytest.raises(FileProblem, match="Divide it into parts"):
        read(path, tmp_path / "rows.parquet", guessed_reading(path))


def test_ten_million_rows_in_a_few_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(parquet_of(a=pa.repeat("Ann", 10_000_000)))
    assert path.stat().st_size < 200_000
    with pytest.raises(FileProblem, match="more than 5 million rows"):
        read(path, tmp_path / "rows.parquet", guessed_reading(path))


def test_long_rows_are_read_in_small_portions_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "BLOCK_TEXT", 100)
    monkeypatch.setattr(rows, "BLOCK_TEXT", 100)
    texts = [f"{number:040}" if number % 3 else "same" * 12 for number in range(50)]
    for content in (parquet_of(a=pa.array(texts)), made([["a"], *([text] for text in texts)])):
        path = tmp_path / "original"
        path.write_bytes(content)
        read(path, tmp_path / "rows.parquet", guessed_reading(path))
        found = pq.read_table(tmp_path / "rows.parquet").to_pydict()
        assert (found["c0"], found["row"]) == (texts, list(range(2, 52)))
