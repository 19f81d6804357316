"""What a cell says and cannot be taken over is told before the import and in the row's outcome, and stays in the row."""

from datetime import UTC, datetime

import pytest

from guanxi.customer.models import CustomField, Party, SourceRecord
from guanxi.customer.privacy.actions import check_identity, open_request, start_erasure
from guanxi.customer.privacy.erasing import erase
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer.actions import map_columns
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.previewing import preview
from tests.customer.fields.defined import defined
from tests.integration.transfer.files import imported, outcomes, received, run
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def told(import_: Import) -> dict[int, str]:
    """The rows of which something is said."""
    return {row: reason for row, _outcome, reason in outcomes(import_) if reason}


def test_an_unreadable_date_since_when_a_customer_is_known_is_told(company: Company) -> None:
    done = imported("ID,Name,Known since\n1,Ann,2024年3月5日\n2,Bob,last spring\n3,Cy,NULL\n")
    assert list(told(done)) == [3]
    assert "last spring" in told(done)[3]
    assert done.counts["note:partly_read"] == 1
    assert SourceRecord.objects.get(external_id="2").payload["Known since"] == "last spring"
    assert Party.objects.get(name="Ann").created_at == datetime(2024, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["2024-03-05", "2024/3/5", "5.3.2024", "2024年3月5日", "20240305", "45356"])
def test_a_date_of_the_companys_own_is_read_however_it_is_written(cell: str, company: Company) -> None:
    field = defined("Contract since", CustomField.Kind.DATE)
    done = imported(f"ID,Name,Contract since\n1,Ann,{cell}\n2,Bob,25.3.2024\n3,Cy,some day\n")
    assert Party.objects.get(name="Ann").custom == {field.key: "2024-03-05"}
    assert list(told(done)) == [4]


def test_the_day_of_a_customers_date_is_not_shifted_by_the_companys_zone(company: Company) -> None:
    Company.objects.update(timezone="Asia/Shanghai")
    field = defined("Contract since", CustomField.Kind.DATE)
    imported("ID,Name,Contract since\n1,Ann,2024/3/5\n")
    assert Party.objects.get().custom == {field.key: "2024-03-05"}


def test_dates_that_can_be_read_in_two_ways_are_asked_about(ann: User) -> None:
    import_ = received("ID,Name,Known since\n1,Ann,3/5/2024\n")
    client = logged_in(ann)
    page = client.get(f"/transfer/imports/{import_.pk}/mapping/").content.decode()
    assert 'name="dates"' in page
    map_columns(import_=import_, kind="customers", source="till", mapping=import_.mapping, choices={"dates": "mdy"})
    run(import_)
    assert Party.objects.get().created_at.month == 3


def test_a_chinese_mobile_beside_a_foreign_address_is_read(company: Company) -> None:
    done = imported(
        "ID,Name,Country,Phone\n1,Wang Wei,GB,13812345678\n2,Li Na,DE,139 0013 9000\n3,Ann,GB,020 7946 0018\n"
    )
    assert not told(done)
    assert set(Party.objects.values_list("phone", flat=True)) == {"+8613812345678", "+8613900139000", "+442079460018"}


def test_a_number_that_fits_two_countries_and_not_its_own_is_told(company: Company) -> None:
    Company.objects.update(country="US")
    done = imported("ID,Name,Country,Phone\n1,Wang Wei,GB,13125550123\n", choices={"phones_from": "US"})
    assert "13125550123" in told(done)[2]
    assert Party.objects.get().phone == ""


@pytest.mark.django_db(transaction=True)
def test_the_erased_are_known_again_by_a_mobile_beside_a_foreign_address(company: Company, ada: User) -> None:
    imported("ID,Name,Phone\n1,Wang Wei,+8613812345678\n", source="crm")
    party = Party.objects.get()
    request = open_request(party=party, kind="erasure", how="letter", received_at=NOW, by=ada, at=NOW)
    check_identity(request=request, how="called back", by=ada, at=NOW)
    start_erasure(request=request, facts="anonymise", backup_days=90, by=ada, at=NOW)
    assert erase(request_id=request.pk, clock=lambda: NOW)

    done = imported("ID,Name,Country,Phone\n77,Wang W.,GB,13812345678\n", source="shop")
    assert done.counts["rejected"] == 1
    assert not Party.objects.exists()


def test_a_row_that_nobody_could_find_again_is_rejected_with_its_reason(company: Company) -> None:
    done = imported("Name,Phone,City\nAnn,,York\n,,Leeds\n,ring me,Hull\n,020 7946 0018,Bath\n")
    assert [outcome for _row, outcome, _reason in outcomes(done)] == ["created", "rejected", "rejected", "created"]
    assert "ring me" in told(done)[4]


def test_the_number_that_is_made_for_a_row_without_one_is_shown_to_nobody(company: Company) -> None:
    found = preview(received("Name,Phone,City\nAnn,,York\n,,Leeds\n"), at=NOW, by=None)
    assert found.trial
    assert list(found.trial.rejected.values()) == [[(3, "")]]


@pytest.mark.parametrize("word", ["Total", "合计", "总计：", "Grand total", "Subtotal: 3", "小计", "合计 3"])
def test_a_sum_below_the_rows_is_no_customer(word: str, company: Company) -> None:
    done = imported(f"ID,Name,Phone,Orders\nK1,Ann,020 7946 0018,3\n{word},,4,3\n,{word},,3\n")
    assert [outcome for _row, outcome, _reason in outcomes(done)] == ["created", "rejected", "rejected"]
    assert told(done)[3] == "sum"


def test_a_customer_of_that_name_comes_in(company: Company) -> None:
    done = imported("ID,Name,Phone\nK1,Total,\n,Total,020 7946 0018\n,Totalenergies,\n")
    assert done.counts == {"created": 3}


def test_a_person_gets_no_field_of_organisations(company: Company) -> None:
    defined("Industry", CustomField.Kind.TEXT, party_kinds=["organisation"])
    import_ = received("ID,Name,Type,Industry\n1,Ann Lee,person,Tea\n2,Brook Tea,company,Tea\n3,Bo Tan,person,\n")
    found = preview(import_, at=NOW, by=None)
    assert found.trial
    (unread,) = found.trial.unread
    assert (unread.column, unread.is_of_others, unread.examples) == ("Industry", True, [("Tea", 1)])

    done = run(import_)
    assert done.counts == found.counts
    assert list(told(done)) == [2]
    assert "Industry" in told(done)[2]
    assert {each.name: each.custom for each in Party.objects.all()} == {
        "Ann Lee": {},
        "Brook Tea": {"industry": "Tea"},
        "Bo Tan": {},
    }
    assert SourceRecord.objects.get(external_id="1").payload["Industry"] == "Tea"


def test_the_preview_counts_every_column_whose_cells_do_not_come_in(ann: User) -> None:
    defined("Members", CustomField.Kind.NUMBER)
    rows = "ID,Name,Phone,Type,Newsletter,Role,Known since,Members\n"
    rows += "1,Ann,ring me,thing,perhaps,hero,once,many\n2,Bob,ring me,person,yes,customer,2024-01-01,3\n"
    rows += "".join(f"{number},Cy,020 7946 001{number},person,no,customer,2024-01-01,3\n" for number in (3, 4, 5))
    import_ = received(rows, source="till")
    found = preview(import_, at=NOW, by=ann)
    assert found.trial
    assert [(each.column, each.cells, each.examples) for each in found.trial.unread] == [
        ("Phone", 2, [("ring me", 2)]),
        ("Type", 1, [("thing", 1)]),
        ("Newsletter", 1, [("perhaps", 1)]),
        ("Role", 1, [("hero", 1)]),
        ("Known since", 1, [("once", 1)]),
        ("Members", 1, [("many", 1)]),
    ]
    page = logged_in(ann).get(f"/transfer/imports/{import_.pk}/preview/").content.decode()
    assert all(text in page for text in ("ring me × 2", "thing", "perhaps", "hero", "once", "many"))


def test_a_social_credit_code_makes_an_organisation_known_and_is_none_of_a_person(company: Company) -> None:
    rows = "客户编号,名称,客户类型,统一社会信用代码\n"
    rows += "1,半亩礼品店,,91350100M000100Y43\n2,王伟,个人,91350100M000100Y43\n3,东方,企业,91310000MA1FL4DX4X\n"
    done = imported(rows)
    shop = Party.objects.get(name="半亩礼品店")
    assert (shop.kind, shop.identifiers.get(kind="uscc").value) == ("organisation", "91350100M000100Y43")
    assert not Party.objects.get(name="王伟").identifiers.filter(kind="uscc").exists()
    assert list(told(done)) == [3, 4]
    assert "91310000MA1FL4DX4X" in told(done)[4]
    assert matching(Party.objects.all(), "91350100M000100Y43").get() == shop
