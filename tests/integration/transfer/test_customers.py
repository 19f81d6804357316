import pytest

from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.company.models import Company
from tests.integration.transfer.files import imported, outcomes

pytestmark = pytest.mark.django_db

PEOPLE = """客户编号,姓名,手机,邮箱,城市,备注
K001,王伟,+86 138 0013 8000,wang@example.cn,北京,VIP
K002,李娜,+8613900139000,li@example.cn,上海,
K003,欧阳修,,ouyang@example.cn,杭州,喜欢茶
"""


def test_a_gbk_file_of_customers_comes_in_as_it_was_meant(company: Company) -> None:
    import_ = imported(PEOPLE.encode("gbk"), source="crm")

    assert import_.reading["encoding"] == "gb18030"
    assert import_.counts["created"] == 3
    wang = Party.objects.get(name="王伟")
    assert (wang.city, wang.email) == ("北京", "wang@example.cn")
    assert SourceRecord.objects.get(external_id="K001").payload == {
        "客户编号": "K001",
        "姓名": "王伟",
        "手机": "+86 138 0013 8000",
        "邮箱": "wang@example.cn",
        "城市": "北京",
        "备注": "VIP",
    }


def test_the_same_customers_twice_change_nothing(company: Company) -> None:
    imported(PEOPLE)
    before = list(Party.objects.order_by("id").values())

    again = imported(PEOPLE)

    assert again.counts == {"unchanged": 3}
    assert list(Party.objects.order_by("id").values()) == before


def test_a_changed_row_updates_its_customer_only(company: Company) -> None:
    imported(PEOPLE)
    again = imported(PEOPLE.replace("上海", "苏州"))

    assert again.counts == {"unchanged": 2, "updated": 1}
    assert Party.objects.get(name="李娜").city == "苏州"


def test_without_a_number_a_row_is_known_by_address_and_name(company: Company) -> None:
    family = "Name,E-mail,City\nAnna Berg,berg@example.com,Bonn\nPaul Berg,berg@example.com,Bonn\n"
    imported(family)
    again = imported(family.replace("Bonn", "Köln"))

    assert again.counts["updated"] == 2
    assert sorted(Party.objects.values_list("name", "city")) == [("Anna Berg", "Köln"), ("Paul Berg", "Köln")]


def test_of_several_rows_about_one_customer_the_last_counts(company: Company) -> None:
    import_ = imported("ID,Name,City\n7,Ann,York\n8,Bob,Leeds\n7,Ann,Bath\n")

    assert outcomes(import_) == [(2, "left_out", "superseded"), (3, "created", None), (4, "created", None)]
    assert Party.objects.get(name="Ann").city == "Bath"


def test_first_and_family_name_become_a_name_in_the_order_of_the_language(company: Company) -> None:
    imported("ID,First name,Last name\n1,Ada,King\n2,小梅,王\n")
    assert set(Party.objects.values_list("name", flat=True)) == {"Ada King", "王小梅"}


def test_a_company_without_a_person_is_an_organisation(company: Company) -> None:
    imported("ID,Company,Contact name\n1,Acme Ltd,\n2,Acme Ltd,Ada King\n")
    assert set(Party.objects.values_list("name", "kind")) == {("Acme Ltd", "organisation"), ("Ada King", "person")}


def test_a_row_that_says_nothing_is_rejected_and_an_empty_one_is_not_counted_as_a_mistake(company: Company) -> None:
    import_ = imported("Name,E-mail,Remark\nAnn,ann@example.com,\n,,lost\n,,\n")
    assert outcomes(import_) == [(2, "created", None), (3, "rejected", "nothing_said"), (4, "empty", "blank")]


def test_a_row_with_more_cells_than_names_is_rejected_and_a_shorter_one_is_not(company: Company) -> None:
    import_ = imported("ID,Name,City\n1,Ann\n2,Bob,Leeds,LS1\n3,Eve,Hull,\n")
    assert outcomes(import_) == [(2, "created", None), (3, "rejected", "too_wide"), (4, "created", None)]


@pytest.mark.django_db(transaction=True)  # the history commits by itself and is only emptied between such tests
def test_transactions_and_customers_of_one_source_meet_in_either_order(company: Company) -> None:
    sales = "Invoice,Date,CustomerID,Price\n1,2011-12-01,K9,5\n"
    imported(sales, source="till")
    imported("ID,Name\nK9,Ann Lee\n", source="till", kind="customers")

    assert list(Party.objects.values_list("name", flat=True)) == ["Ann Lee"]
    assert imported(sales + "2,2011-12-02,K9,6\n", source="till").counts.get("customers_made", 0) == 0
    assert Party.objects.get().name == "Ann Lee"
