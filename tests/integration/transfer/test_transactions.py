import pytest

from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.company.models import Company
from tests.integration.transfer.files import imported, lines, outcomes

pytestmark = pytest.mark.django_db(transaction=True)

INVOICES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom
C536379,85123A,WHITE HANGING HEART,-1,2010-12-01 09:41:00,2.55,17850,United Kingdom
536414,22139,,56,2010-12-01 11:52:00,0,,United Kingdom
"""


def test_the_lines_of_a_file_stand_in_the_history(company: Company) -> None:
    imported(INVOICES, source="till")

    assert lines("order_id", "sku", "quantity", "amount", "kind", "external_id", "source") == [
        ("536365", "71053", 6, 20.34, "sale", "17850", "till"),
        ("536365", "85123A", 6, 15.3, "sale", "17850", "till"),
        ("C536379", "85123A", -1, -2.55, "return", "17850", "till"),
        ("536414", "22139", 56, 0, "adjustment", None, "till"),
    ]


def test_a_customer_nobody_has_told_of_gets_a_bare_record(company: Company) -> None:
    import_ = imported(INVOICES, source="till")

    record = SourceRecord.objects.get(source__key="till")
    assert (record.external_id, record.payload) == ("17850", {"CustomerID": "17850", "Country": "United Kingdom"})
    assert Party.objects.get().country == "GB"
    assert import_.counts["customers_made"] == 1
    assert import_.counts["note:new_customer"] == 3


def test_new_product_numbers_enter_the_catalogue(company: Company) -> None:
    imported(INVOICES)

    assert list(Product.objects.order_by("sku").values_list("sku", "name")) == [
        ("22139", "22139"),
        ("71053", "WHITE METAL LANTERN"),
        ("85123A", "WHITE HANGING HEART"),
    ]


def test_the_same_file_twice_changes_nothing(company: Company) -> None:
    imported(INVOICES)
    before = lines()

    again = imported(INVOICES)

    assert lines() == before
    assert again.counts["known"] == 4
    assert [outcome for _, outcome, _ in outcomes(again)] == ["known"] * 4
    assert SourceRecord.objects.count() == 1
