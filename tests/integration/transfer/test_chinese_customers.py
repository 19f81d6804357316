"""A Chinese customer book comes into a company elsewhere, with its mobiles and its firms."""

import pytest
from django.test import Client

from guanxi.customer.models import Party
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.mapping.suggestion import suggested_mapping
from tests.integration.transfer.files import imported, received
from tests.world import logged_in

pytestmark = pytest.mark.django_db

BOOK = """客户编号,姓名,公司,手机,邮箱,城市,备注
K001,王伟,东方贸易,13812345678,wang@example.cn,上海,VIP
K002,李娜,东方贸易,139 0013 9000,li@example.cn,上海,
K003,张敏,长江茶业,021-62345678,zhang@example.cn,上海,
"""


def test_its_phones_are_read_by_the_rules_of_china(company: Company) -> None:
    import_ = imported(BOOK.encode("gbk"), source="crm")

    assert import_.choices["phones_from"] == "CN"
    assert "note:partly_read" not in import_.counts
    phones = Party.objects.order_by("name").values_list("phone", flat=True)
    assert set(phones) == {"+8613812345678", "+8613900139000", "+862162345678"}


def test_a_chinese_mobile_among_british_numbers_is_read_too(company: Company) -> None:
    rows = "ID,Name,Phone\n1,Ann,020 7946 0018\n2,Bob,0161 496 0000\n3,Wei,13812345678\n"
    import_ = imported(rows)

    assert import_.choices["phones_from"] == "GB"
    assert set(Party.objects.values_list("phone", flat=True)) == {"+442079460018", "+441614960000", "+8613812345678"}


def test_a_person_decides_from_where_the_numbers_are(company: Company) -> None:
    imported("ID,Name,Phone\n1,Ann,020 7946 0018\n2,Jan,030 901820\n", choices={"phones_from": "DE"})
    assert Party.objects.get(name="Jan").phone == "+4930901820"


def test_the_mapping_page_asks_from_where_the_numbers_are(ann: User) -> None:
    import_ = received(BOOK)
    page = logged_in(ann).get(f"/transfer/imports/{import_.pk}/mapping/").content.decode()
    assert '<option value="CN" selected>' in page


def test_the_company_of_a_person_is_seen_and_found(ann: User) -> None:
    client: Client = logged_in(ann)
    imported(BOOK)
    wang = Party.objects.get(name="王伟")

    assert "东方贸易" in client.get(f"/customers/{wang.pk}/").content.decode()
    assert set(matching(Party.objects.all(), "东方贸易").values_list("name", flat=True)) == {"王伟", "李娜"}


@pytest.mark.parametrize("told", ["Alice", "alice@example.cn"])
def test_a_colleague_is_known_by_name_and_by_address(told: str) -> None:
    mapping = suggested_mapping(Kind.CUSTOMERS, ["客户编号", "姓名", "负责人"], [["K001"], ["王伟"], [told]])
    assert mapping == {0: "number", 1: "name", 2: "owner"}
