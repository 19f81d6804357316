"""Birth dates in files: found by the column's name, read by the file's order, told where they cannot be, given out."""

import json
from datetime import date

import pytest

from guanxi.customer.models import CustomField, Party, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.mapping.suggestion import suggested_mapping
from guanxi.integration.transfer.previewing import preview
from tests.customer.fields.defined import defined
from tests.integration.transfer.export.taking import clear_customers, table, taken_out
from tests.integration.transfer.files import imported, outcomes, received, workbook
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
DAYS = ["1985-04-12", "1961-11-30", "1992-02-29"]


def born() -> dict[str, str]:
    return dict(Party.objects.values_list("name", "born"))


def field_of(header: str, cells: list[str]) -> str | None:
    return suggested_mapping(Kind.CUSTOMERS, ["Name", header], [["Ann", "Bob", "Cy"], cells]).get(1)


@pytest.mark.parametrize(
    "header",
    [
        "生日",
        "出生日期",
        "客户生日",
        "出生日期(YYYY-MM-DD)",
        "Birthday",
        "DOB",
        "Date of birth",
        "BDAY",
        "birth_date",
        "dateOfBirth",
    ],
)
def test_a_column_of_birth_dates_is_known_by_its_name(company: Company, header: str) -> None:
    assert field_of(header, DAYS) == "born"


@pytest.mark.parametrize(
    "header",
    [
        "Birthday gift",
        "Birthday card sent",
        "宝宝生日",
        "配偶生日",
        "农历生日",
        "生日礼物",
        "Spouse birthday",
        "Birthplace",
    ],
)
def test_what_only_has_to_do_with_a_birthday_is_left_alone(company: Company, header: str) -> None:
    assert field_of(header, DAYS) != "born"


def test_a_field_of_the_companys_own_with_that_name_goes_first(company: Company) -> None:
    field = defined("Birthday", CustomField.Kind.DATE)
    assert field_of("Birthday", DAYS) == field.name


@pytest.mark.parametrize(
    "cell",
    [
        "1985-04-12",
        "1985/4/12",
        "1985年4月12日",
        "19850412",
        "12/4/1985",
        "12.04.85",
        "12-Apr-85",
        "31149",
        "1985-04-12 00:00:00",
    ],
)
def test_it_is_read_however_it_is_written(cell: str, company: Company) -> None:
    Company.objects.update(timezone="Asia/Shanghai")
    done = imported(f"ID,Name,Birthday\n1,Ann,{cell}\n2,Bob,25.3.1961\n")
    assert born() == {"Ann": "1985-04-12", "Bob": "1961-03-25"}
    assert done.counts == {"created": 2}


def test_a_year_in_two_digits_is_the_latest_that_is_not_to_come(company: Company) -> None:
    imported("ID,Name,DOB\n1,Old,13/04/45\n2,Young,13/04/05\n3,Bob,25.3.1961\n")
    assert born() == {"Old": "1945-04-13", "Young": "2005-04-13", "Bob": "1961-03-25"}


def test_what_stands_first_is_asked_about(ann: User) -> None:
    import_ = received("ID,Name,DOB\n1,Ann,3/5/1984\n")
    assert 'name="dates"' in logged_in(ann).get(f"/transfer/imports/{import_.pk}/mapping/").text
    imported("ID,Name,DOB\n1,Ann,3/5/1984\n", choices={"dates": "mdy"})
    assert born() == {"Ann": "1984-03-05"}


def test_the_preview_tells_what_cannot_be_read_and_the_row_keeps_it(ann: User) -> None:
    rows = "ID,Name,Type,Birthday\n1,Ann,,--0412\n2,Bob,,1985\n3,Cy,,12/31/2045\n4,Di,,1800-01-01\n5,Brook,company,1985-04-12\n"
    import_ = received(rows + "6,Ed,,1985-02-30\n7,Flo,,1985-04-12\n", source="till")
    found = preview(import_, at=NOW, by=ann)
    assert found.trial
    unread = [
        (each.column, each.is_of_others, sorted(text for text, _ in each.examples)) for each in found.trial.unread
    ]
    assert unread == [
        ("Birthday", False, ["--0412", "12/31/2045", "1800-01-01", "1985", "1985-02-30"]),
        ("Birthday", True, ["1985-04-12"]),
    ]
    done = imported(rows, source="crm", choices={"dates": "mdy"})
    reasons = {row: reason or "" for row, _outcome, reason in outcomes(done)}
    assert "“12/31/2045” is no birth date" in reasons[4]
    assert set(born().values()) == {""}
    assert SourceRecord.objects.get(external_id="1", source__key="crm").payload["Birthday"] == "--0412"


def test_a_workbook_says_it_as_a_day(company: Company) -> None:
    imported(
        workbook([["ID", "Name", "生日"], [1, "王伟", date(1985, 4, 12)], [2, "李娜", "1992年2月29日"]]),
        name="a.xlsx",
    )
    assert born() == {"王伟": "1985-04-12", "李娜": "1992-02-29"}


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_card_brings_it_and_a_birthday_without_its_year_stays_in_the_card(company: Company, version: str) -> None:
    day = "19850412" if version == "4.0" else "1985-04-12"
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:{version}\r\nFN:{name}\r\nBDAY:{text}\r\nEND:VCARD\r\n"
        for name, text in (("Ann Lee", day), ("Bob Ray", "--0412"))
    )
    done = imported(cards, name="a.vcf")
    assert born() == {"Ann Lee": "1985-04-12", "Bob Ray": ""}
    assert done.counts["note:partly_read"] == 1


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "vcard3", "vcard4"])
def test_it_goes_out_and_comes_back(form: str, ada: User) -> None:
    imported("ID,Name,Birthday\n1,Ann Lee,1985-04-12\n2,Bob Ray,\n")
    path = taken_out(ada, form)
    if form == "csv":
        assert [row["Birth date"] for row in table(path)] == ["1985-04-12", ""]
    if form == "jsonl":
        assert [json.loads(line)["born"] for line in path.read_text().splitlines()] == ["1985-04-12", ""]
    content, before = path.read_bytes(), born()
    clear_customers()
    imported(content, name=path.name, source="other")
    assert born() == before
