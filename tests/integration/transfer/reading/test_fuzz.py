"""Whatever bytes come in: rows, or one sentence why there are none. Nothing else leaves a reader."""

import io
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.encoding import ENCODINGS
from guanxi.integration.transfer.files.reading import Reading, guessed_reading, read
from tests.integration.transfer.files import workbook

FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
SIGNS = st.text(
    st.one_of(
        st.sampled_from("\",;\t|\r\n'=+-@\0\\{}[]:. \ufeff\u2028王é\udc80"),
        st.characters(max_codepoint=0x2FFF),
    ),
    max_size=200,
)
CODECS = ["utf-8", "utf-16", "utf-16-le", "gb18030", "big5", "cp932", "cp1252", "utf-8-sig"]
SEEDS = [
    b"Name,Phone\nAnn,1\n",
    "姓名;电话\n王伟;13800138000\n".encode("gbk"),
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=GBK:=CD=F5;=CE=B0\r\nTEL;CELL:1\r\nEND:VCARD\r\n",
    b'{"a": [1, {"b": "\\u00e9"}]}\n{"a": 2}\n',
    b'[{"a": 1}, {"b": [2, 3]}]',
    workbook([["Name", "City"], ["Ann", "York"], [1, 2.5]]),
]


def answer(folder: Path, content: bytes, **changes: object) -> int | None:
    """How many rows were read, or None when a sentence said why there are none."""
    path = folder / "original"
    path.write_bytes(content)
    try:
        guessed = guessed_reading(path)
        table, _how = read(path, folder / "rows.parquet", Reading(**{**guessed.facts(), **changes}))  # type: ignore[arg-type]
    except FileProblem:
        return None
    found = pq.read_table(folder / "rows.parquet")
    assert found.num_rows == table.rows
    assert found.num_columns == len(table.header) + 2
    return table.rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@FUZZ
@given(content=st.binary(max_size=400))
def test_bytes_of_any_kind(folder: Path, content: bytes) -> None:
    answer(folder, content)


@FUZZ
@given(text=SIGNS, codec=st.sampled_from(CODECS))
def test_texts_of_any_kind(folder: Path, text: str, codec: str) -> None:
    answer(folder, text.encode(codec, errors="ignore"))


@FUZZ
@given(text=SIGNS, start=st.sampled_from(["BEGIN:VCARD\n", "BEGIN:VCARD\nVERSION:2.1\nFN:", '{"', "[{", "a,b\n"]))
def test_texts_that_begin_well(folder: Path, text: str, start: str) -> None:
    answer(folder, (start + text).encode("utf-8", errors="ignore"))


@FUZZ
@given(seed=st.sampled_from(SEEDS), cut=st.integers(0, 400), place=st.integers(0, 400), byte=st.integers(0, 255))
def test_files_cut_short_and_bytes_changed(folder: Path, seed: bytes, cut: int, place: int, byte: int) -> None:
    answer(folder, seed[: len(seed) - cut % (len(seed) + 1)])
    changed = bytearray(seed)
    changed[place % len(seed)] = byte
    answer(folder, bytes(changed))


@FUZZ
@given(
    seed=st.sampled_from(SEEDS[:5]),
    encoding=st.sampled_from(list(ENCODINGS)),
    delimiter=st.sampled_from(",;\t|"),
    header=st.integers(0, 200),
)
def test_readings_that_somebody_might_choose(
    folder: Path, seed: bytes, encoding: str, delimiter: str, header: int
) -> None:
    answer(folder, seed, encoding=encoding, delimiter=delimiter, header=header)


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


NAUGHTY = {
    "nothing": b"",
    "a mark and nothing": b"\xef\xbb\xbf",
    "blanks": b" \r\n\t\r\n",
    "a header": b"Name,City\r\n",
    "ten thousand columns": b",".join(b"c%d" % number for number in range(10_000)) + b"\n" + b"1," * 10_000,
    "an object of nothing": b"[{}]",
    "ten thousand keys": json.dumps({f"k{number}": number for number in range(10_000)}).encode(),
    "mixed line ends": b"a,b\r1,2\n3,4\r\n5,6\n\r7,8",
    "unbalanced quotes": b'a,b\n"1,2\n3,"4\n',
    "one quote": b'"',
    "a field without end": b'a,b\n1,"' + b"x" * (2 << 20),
    "nul": b"a,b\n1\0,2\n3,4\n",
    "half a pair of UTF-16": b"\xff\xfea\0,\0b\0\n\0\x3d\xd8,\x001\0\n\0",
    "UTF-16 of odd length": "a,b\n1,2\n".encode("utf-16") + b"x",
    "lone surrogates": b"a,b\n\xed\xa0\x80,1\n",
    "a card of one endless line": b"BEGIN:VCARD\nNOTE:" + b"x" * (3 << 20),
    "cards within cards": b"BEGIN:VCARD\n" * 5_000,
    "ends without beginnings": b"BEGIN:VCARD\nEND:VCARD\n" + b"END:VCARD\n" * 5_000,
    "deep JSON": b'{"a":' * 100_000,
    "deep arrays": b"[{" + b"[" * 100_000,
    "a zip that says it is a workbook": zipped(xl__workbook=b"x", **{"[Content_Types].xml": b"<x/>"}),
    "a workbook whose sheet is a bomb of entities": zipped(
        **{"[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>', "xl__a": b""}
    ),
}


@pytest.mark.parametrize("name", NAUGHTY)
def test_files_that_are_known_to_break_readers(folder: Path, name: str) -> None:
    rows = answer(folder, NAUGHTY[name])
    assert rows is None or rows > 0
