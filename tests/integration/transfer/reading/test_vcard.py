"""vCard 2.1, 3.0 and 4.0 as the standards and the address books write them."""

import base64
import quopri
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.integration.transfer.files.vcard.properties import BrokenProperty, Property, read_property
from guanxi.integration.transfer.reasons import PROBLEMS
from tests.integration.transfer.reading.rows import Row, rows_of


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def only(folder: Path, content: bytes | str) -> Row:
    (row,), how = rows_of(folder, content)
    assert how.format == "vcard"
    return row


def test_a_card_of_version_3_says_who_somebody_is_and_how_to_reach_them(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        card(
            "UID:urn:uuid:1",
            "FN:Dr. Ann Lee",
            "N:Lee;Ann;Mary,Jo;Dr.;M.D.",
            "ORG:Northgate\\, Ltd.;Sales;North",
            "TITLE:Buyer",
            "TEL;TYPE=WORK,FAX:+44 1632 960009",
            "TEL;TYPE=HOME:+44 1632 960001",
            "TEL;TYPE=CELL:+44 7700 900001",
            "TEL;TYPE=WORK;TYPE=PREF:+44 1632 960002",
            "EMAIL;TYPE=HOME:ann@example.org",
            "EMAIL;TYPE=WORK,PREF:lee@example.com",
            "ADR;TYPE=HOME:;;1 Low Lane;York;;YO1 1AA;England",
            "ADR;TYPE=WORK,PREF:;Floor 2;9 High\\nStreet;Leeds;W Yorks;LS1 1AA;United Kingdom",
            "BDAY:1980-02-03",
            "CATEGORIES:VIP,Tea\\, green",
            "NOTE:Likes\\ntea\\; no coffee",
        ),
    )
    verbatim = row.pop("Verbatim")

    assert row == {
        "row": 1,
        "UID": "urn:uuid:1",
        "Name": "Dr. Ann Lee",
        "Family name": "Lee",
        "Given name": "Ann",
        "Additional names": "Mary, Jo",
        "Prefix": "Dr.",
        "Suffix": "M.D.",
        "Organisation": "Northgate, Ltd.",
        "Department": "Sales, North",
        "Job title": "Buyer",
        "Phone": "+44 1632 960002",
        "Phone 2": "+44 7700 900001",
        "Phone 3": "+44 1632 960001",
        "Fax": "+44 1632 960009",
        "E-mail": "lee@example.com",
        "E-mail 2": "ann@example.org",
        "Address extra": "Floor 2",
        "Street": "9 High\nStreet",
        "City": "Leeds",
        "Region": "W Yorks",
        "Postcode": "LS1 1AA",
        "Country": "United Kingdom",
        "Birthday": "1980-02-03",
        "Categories": "VIP; Tea, green",
        "Note": "Likes\ntea; no coffee",
    }
    assert verbatim.startswith("BEGIN:VCARD\nVERSION:3.0\nUID:urn:uuid:1\n")
    assert "TEL;TYPE=WORK,FAX:+44 1632 960009" in verbatim


@pytest.mark.parametrize(
    ("charset", "codec"), [("GBK", "gbk"), ("UTF-8", "utf-8"), ("GB2312", "gb2312"), ("BIG5", "big5")]
)
def test_version_2_1_writes_chinese_as_quoted_printable(tmp_path: Path, charset: str, codec: str) -> None:
    text = "王小明，在上海工作" if charset != "BIG5" else "王小明，在臺北工作"
    printed = quopri.encodestring(text.encode(codec) * 6).decode().rstrip("\n")
    row = only(
        tmp_path,
        card(
            f"N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{quopri.encodestring('王;小明'.encode(codec)).decode()}",
            f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET={charset}:{printed}",
            "TEL;CELL;VOICE:13800138000",
            version="2.1",
        ),
    )
    assert (row["Family name"], row["Given name"]) == ("王", "小明")
    assert row["Note"] == text * 6
    assert row["Phone"] == "13800138000"


def test_a_file_in_gbk_needs_no_charset(tmp_path: Path) -> None:
    both = card("FN:王伟", "N:王;伟;;;", "TEL:13800138000", version="2.1") + card(
        "FN:李娜", "ADR:;;南京路1号;上海;;;中国"
    )
    first, second = rows_of(tmp_path, both.encode("gbk"))[0]
    assert (first["Name"], second["Street"], second["City"]) == ("王伟", "南京路1号", "上海")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encoding_and_line_ends_do_not_matter(tmp_path: Path, encoding: str, end: str) -> None:
    text = card("FN:欧阳修", "NOTE:第一\\n第二", end=end) * 3
    rows = rows_of(tmp_path, text.encode(encoding))[0]
    assert [(row["Name"], row["Note"]) for row in rows] == [("欧阳修", "第一\n第二")] * 3


def test_version_4_writes_phones_as_addresses_and_preferences_as_numbers(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        card(
            "KIND:org",
            "FN:Northgate",
            'TEL;VALUE=uri;TYPE="work,voice";PREF=2:tel:+44-1632-960001;ext=102',
            "TEL;VALUE=uri;PREF=1:tel:+44-7700-900001",
            "EMAIL:mailto:desk@example.com",
            "LANG;PREF=1:fr",
            version="4.0",
        ),
    )
    assert (row["Phone"], row["Phone 2"]) == ("+44-7700-900001", "+44-1632-960001 ext. 102")
    assert (row["Kind"], row["E-mail"], row["Language"]) == ("organisation", "desk@example.com", "fr")


def test_lines_are_folded_grouped_and_escaped_in_many_ways(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        card(
            "FN:Ann",
            "  Lee",
            "item1.EMAIL;type=INTERNET:ann@\r\n\texample.com",
            "item1.X-ABLabel:Desk",
            "URL:http\\://example.com",
            "X-CUSTOM;X-P=1:whatever",
            "note;Language=en:lower case names",
        ),
    )
    assert (row["Name"], row["E-mail"], row["URL"]) == ("Ann Lee", "ann@example.com", "http://example.com")
    assert row["Note"] == "lower case names"
    assert "X-CUSTOM;X-P=1:whatever" in row["Verbatim"]


def test_a_photo_stays_in_the_file_and_the_record_says_how_long_it_is(tmp_path: Path) -> None:
    data = base64.encodebytes(bytes(range(256)) * 40).decode().replace("\n", "\r\n ")
    row = only(tmp_path, card("FN:Ann", f"PHOTO;ENCODING=b;TYPE=JPEG:{data}", "TEL:1"))
    assert "PHOTO;ENCODING=b;TYPE=JPEG:(" in row["Verbatim"]
    assert len(row["Verbatim"]) < 200
    assert (row["Name"], row["Phone"]) == ("Ann", "1")


def test_old_address_books_break_encoded_data_without_folding_it(tmp_path: Path) -> None:
    photo = base64.encodebytes(bytes(range(200))).decode().rstrip("\n")
    row = only(
        tmp_path,
        card(
            "FN:Ann",
            f"PHOTO;BASE64:{photo}",
            "",
            "LABEL;ENCODING=QUOTED-PRINTABLE:1 Low Lane=0D=0A=\r\nYork",
            "KEY;ENCODING=B:Tm90IHRoZSBrZXk=",
            version="2.1",
        ),
    )
    assert row["Name"] == "Ann"
    assert "problem" not in row


def test_an_agent_inside_a_card_is_not_a_customer(tmp_path: Path) -> None:
    inner = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Susan\r\nEND:VCARD"
    row = only(tmp_path, card("FN:Ann", f"AGENT:\r\n{inner}", "TEL:1", version="2.1"))
    assert (row["Name"], row["Phone"]) == ("Ann", "1")


GOOD = card("FN:Good")
BROKEN = {
    "BEGIN:VCARD\nFN:Cut off": "card_unended",
    "BEGIN:VCARD\nFN:Cut\n" + card("FN:Next"): "card_unended",
    card("FN:Ann", "this is no property"): "card_line",
    card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=KLINGON:=41"): "card_charset",
    card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=zlib:=41"): "card_charset",
    card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=FF=FE"): "encoding",
    card("FN;ENCODING=b:A"): "card_data",
    card("FN:Family", "X-ADDRESSBOOKSERVER-KIND:group"): "card_group",
    "dear all,\nplease find attached\n": "card_outside",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_card_is_answered_with_its_reason_and_the_others_come_in(tmp_path: Path, broken: str) -> None:
    rows = rows_of(tmp_path, GOOD + broken)[0]
    assert rows[0]["Name"] == "Good"
    assert rows[1]["problem"] == BROKEN[broken]
    assert rows[1]["Verbatim"]
    assert all("problem" not in row for row in rows[2:])


def test_more_phones_than_columns_stay_in_the_card(tmp_path: Path) -> None:
    row = only(tmp_path, card("FN:Ann", *(f"TEL:{number:06}" for number in range(1000))))
    assert row["Phone 20"] == "000019"
    assert "Phone 21" not in row
    assert "TEL:000999" in row["Verbatim"]


def test_an_address_is_not_escaped_in_version_2_1(tmp_path: Path) -> None:
    row = only(tmp_path, card("FN:C:\\new", "ADR:;;1 Low\\; Lane, rear;York", version="2.1"))
    assert (row["Name"], row["Street"], row["City"]) == ("C:\\new", "1 Low; Lane, rear", "York")


WORDS = (
    st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=150, deadline=None)
@given(name=WORDS, note=WORDS, company=WORDS, street=WORDS)
def test_what_another_library_writes_is_read_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, name: str, note: str, company: str, street: str
) -> None:
    written = vobject.vCard()
    written.add("fn").value = name
    written.add("n").value = vobject.vcard.Name(family=name)
    written.add("note").value = note
    written.add("org").value = [company]
    written.add("adr").value = vobject.vcard.Address(street=street, city="York")
    row = only(tmp_path_factory.mktemp("card"), written.serialize())

    assert (row["Name"], row["Note"], row["Organisation"]) == (name, note, company)
    assert row["Street"] == street


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_no_line_breaks_the_reader(line: bytes) -> None:
    try:
        found = read_property(line, "utf-8", "2.1")
    except BrokenProperty as problem:
        found = Property("", str(problem))
    assert found is None or found.name or found.text in PROBLEMS
