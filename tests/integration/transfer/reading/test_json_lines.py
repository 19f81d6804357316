"""JSON: a record a line, or an array of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.integration.transfer.files import json_lines
from guanxi.integration.transfer.files.content import FileProblem
from tests.integration.transfer.reading.rows import rows_of

NESTED = {
    "id": 17850,
    "name": "王伟",
    "address": {"city": "上海", "geo": {"lat": 31.20}},
    "tags": ["VIP", "tea"],
    "emails": [{"value": "w@example.cn", "type": "work"}, {"value": "v@example.cn"}],
    "vip": True,
    "left": None,
}


def test_what_is_nested_becomes_columns_and_lists_of_texts_one_cell(tmp_path: Path) -> None:
    (row,), how = rows_of(tmp_path, json.dumps(NESTED, ensure_ascii=False))
    assert how.format == "json"
    assert row == {
        "row": 1,
        "id": "17850",
        "name": "王伟",
        "address.city": "上海",
        "address.geo.lat": "31.2",
        "tags": "VIP; tea",
        "emails.1.value": "w@example.cn",
        "emails.1.type": "work",
        "emails.2.value": "v@example.cn",
        "vip": "true",
    }


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_lines_and_arrays_say_the_same_in_any_encoding(tmp_path: Path, indent: int | None, encoding: str) -> None:
    records = [{"no": number, "name": "客户名称"} for number in range(30)]
    lines = "\n".join(json.dumps(each, ensure_ascii=False, indent=indent) for each in records)
    array = json.dumps(records, ensure_ascii=False, indent=indent)
    expected = [{"row": number + 1, "no": str(number), "name": "客户名称"} for number in range(30)]
    assert rows_of(tmp_path, lines.encode(encoding))[0] == expected
    assert rows_of(tmp_path, array.encode(encoding))[0] == expected


@pytest.mark.parametrize(
    "broken", ['{"a": ', '{"a": "x', '{"a" 1}', '{"a": 1', "[1, 2]", '"text"', "17", '{"a": ' + "[" * 5000, "{a: 1}"]
)
def test_a_broken_record_is_answered_and_the_others_come_in(tmp_path: Path, broken: str) -> None:
    rows, _how = rows_of(tmp_path, '{"a": "first"}\n' + broken + '\n{"a": "last"}\n')
    assert rows[0] == {"row": 1, "a": "first"}
    assert [row.get("problem") for row in rows[1:-1]] == ["json_broken"] * (len(rows) - 2)
    assert rows[1]["JSON"]
    assert rows[-1] == {"row": len(rows), "a": "last"}


def test_half_a_character_makes_its_record_unreadable_and_no_other(tmp_path: Path) -> None:
    rows, _how = rows_of(tmp_path, '{"a": "\\ud83d"}\n{"a": "\\ud83d\\ude00"}\n')
    assert rows[0]["problem"] == "encoding"
    assert rows[1] == {"row": 2, "a": "😀"}


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    rows, _how = rows_of(tmp_path, '{"card": 12345678901234567890123, "price": 1.50}')
    assert rows[0] == {"row": 1, "card": "12345678901234567890123", "price": "1.50"}


def test_records_are_found_across_the_ends_of_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "BLOCK", 7)
    text = '[{"a": "é\\u00e9", "b": 1},\n {"a": "x"} , {"a": tru},\n {"a": "y"}]'
    rows, _how = rows_of(tmp_path, text)
    assert [row.get("a") or row["problem"] for row in rows] == ["éé", "x", "json_broken", "y"]


def test_a_record_without_end_is_told_and_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "BLOCK", 1000)
    monkeypatch.setattr(json_lines, "LONGEST_RECORD", 5000)
    with pytest.raises(FileProblem, match="A record is longer"):
        rows_of(tmp_path, '{"a": "' + "x" * 20_000)


def test_records_of_hundreds_of_different_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="more than 500 columns"):
        rows_of(tmp_path, "\n".join(json.dumps({f"name{number}": 1}) for number in range(600)))


PLAIN = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1), st.integers()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "名"]), PLAIN, min_size=1), min_size=1, max_size=8))
def test_every_record_comes_back(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> None:
    rows, _how = rows_of(tmp_path_factory.mktemp("json"), "\n".join(json.dumps(each) for each in records))
    assert [{name: text for name, text in row.items() if name != "row"} for row in rows] == [
        {name: str(value) for name, value in each.items()} for each in records
    ]
