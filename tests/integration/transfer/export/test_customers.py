"""Customers as files: every format says the same, none of them bites, and an import knows them again."""

import io
import json

import duckdb
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from guanxi.customer.models import Identifier, Party
from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.export.customers.cards import escaped, folded
from guanxi.integration.transfer.export.customers.tables import neutral
from guanxi.integration.transfer.values.cells import cell
from tests.integration.transfer.export.taking import clear_customers, table, taken_out
from tests.integration.transfer.files import imported
from tests.integration.transfer.reading.rows import rows_of

pytestmark = pytest.mark.django_db
GOLDEN = ("name", "kind", "email", "phone", "street", "city", "postcode", "country")


def golden() -> list[tuple[str, ...]]:
    return sorted(Party.objects.values_list(*GOLDEN))


def pointers() -> set[tuple[str, str, str]]:
    rows = Identifier.objects.filter(kind__in=["email", "phone"])
    return set(rows.values_list("party__name", "kind", "value"))


def test_csv_has_every_customer_with_all_phones_and_no_formula(people: dict[str, Party], ada: User) -> None:
    path = taken_out(ada, "csv")
    rows = table(path)
    assert {row["Name"] for row in rows} == {"王小明", "'=HYPERLINK(1)", "Tea; Trading, Ltd", "José Núñez 😀"}
    (wang,) = (row for row in rows if row["Name"] == "王小明")
    assert (wang["Customer number"], wang["Company"], wang["Tags"]) == ("K1", "上海茶业有限公司", "VIP")
    assert (wang["Phone"], wang["Phone 2"]) == ("'+8613800138000", "'+8613900139000")
    cells = [text for row in rows for text in row.values()]
    assert not [text for text in cells if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_workbook_keeps_texts_as_texts(people: dict[str, Party], ada: User) -> None:
    path = taken_out(ada, "xlsx")
    (sheet,) = load_workbook(io.BytesIO(path.read_bytes())).worksheets
    head = [cell.value for cell in sheet[1]]
    by_name = {row[head.index("Name")].value: row for row in sheet.iter_rows(min_row=2)}
    assert set(by_name) == set(people)
    formula = by_name["=HYPERLINK(1)"][head.index("Name")]
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert by_name["José Núñez 😀"][head.index("Postcode")].value == "01234"


@pytest.mark.parametrize(("form", "version"), [("vcard3", "3.0"), ("vcard4", "4.0")])
def test_cards_are_read_alike_by_another_library(people: dict[str, Party], ada: User, form: str, version: str) -> None:
    text = taken_out(ada, form).read_bytes().decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    cards = {card.fn.value: card for card in vobject.readComponents(text)}
    assert set(cards) == set(people)
    wang = cards["王小明"]
    assert wang.version.value == version
    assert [email.value for email in wang.contents["email"]] == ["wang@example.cn"]
    assert len(wang.contents["tel"]) == 2
    if version == "3.0":  # what the library takes apart only there
        assert (wang.n.value.family, wang.n.value.given) == ("王", "小明")
        assert cards["Tea; Trading, Ltd"].org.value == ["Tea; Trading, Ltd"]
        assert wang.adr.value.street == "南京路1号, 2楼"


def test_json_lines_keep_lists_as_lists(people: dict[str, Party], ada: User) -> None:
    lines = taken_out(ada, "jsonl").read_text().splitlines()
    found = {record["name"]: record for record in map(json.loads, lines)}
    assert found["=HYPERLINK(1)"]["emails"] == ["ann@example.com", "lee@example.org"]
    assert found["王小明"]["tags"] == ["VIP"]
    assert found["王小明"]["guanxi_number"] == people["王小明"].pk


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_taken_out_changes_nothing_when_it_comes_in_again(
    people: dict[str, Party], ada: User, form: str
) -> None:
    content = taken_out(ada, form).read_bytes()
    before = golden(), pointers()
    again = imported(content, source="till")
    assert again.counts.get("rejected", 0) == 0
    assert again.counts.get("created", 0) == 0
    assert (golden(), pointers()) == before
    if form == "csv":
        assert taken_out(ada, form).read_bytes() == content


@pytest.mark.parametrize("form", ["csv", "xlsx", "vcard3", "vcard4"])
def test_another_company_reads_the_same_customers_from_it(people: dict[str, Party], ada: User, form: str) -> None:
    content = taken_out(ada, form).read_bytes()
    before, pointed = golden(), pointers()
    clear_customers()

    imported(content, source="other")
    assert golden() == before
    assert pointers() == pointed


def test_only_the_customers_of_the_question_go_out(people: dict[str, Party], ada: User) -> None:
    path = taken_out(ada, "csv", "country:in:GB")
    names = {row["Name"] for row in table(path)}
    assert names == {"'=HYPERLINK(1)", "Tea; Trading, Ltd"}


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_neutral_cell_is_no_formula_and_importing_takes_the_apostrophe_off(text: str) -> None:
    written = str(neutral(text))
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    if text == text.strip(" \t\r\n\u00a0\u3000\ufeff") and not text.startswith("'") and text not in {"NULL", "NaN", ""}:
        assert duckdb.execute(f"SELECT {cell('said')} FROM (SELECT ?::VARCHAR AS said)", [written]).fetchone() == (
            text,
        )


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_value_survives_a_card(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:x", f"NOTE:{escaped(text)}", "END:VCARD"]
    card = b"".join(folded(line) for line in lines)
    (row,), _how = rows_of(tmp_path_factory.mktemp("card"), card)
    assert row.get("Note", "").split() == text.split()
