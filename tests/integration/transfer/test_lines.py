"""What the cells of a transaction mean, in the many ways in which people write them."""

import pytest

from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from tests.integration.transfer.files import imported, lines, outcomes, received, run

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Invoice,Date,CustomerID,SKU,Qty,Price\n"


def test_a_semicolon_file_with_decimal_commas_and_grouped_thousands(company: Company) -> None:
    imported("Rechnung;Datum;Kunde;Menge;Einzelpreis\n1;13.12.2011 08:30;7;2;1.234,50 €\n2;14.12.2011;8;(3);10,00\n")
    assert lines("amount", "kind", "strftime(\"at\", '%Y-%m-%d %H:%M')") == [
        (2469.0, "sale", "2011-12-13 08:30"),
        (-30.0, "return", "2011-12-14 00:00"),
    ]


def test_a_chinese_file_with_full_width_digits(company: Company) -> None:
    imported("订单号,下单时间,客户编号,数量,单价\nA1,2011年12月1日 下午3:05,K1,２,￥１２．５\n".encode("gb18030"))
    assert lines("amount", "external_id", "strftime(\"at\", '%H:%M')") == [(25.0, "K1", "15:05")]


def test_dates_that_no_value_decides_are_asked_for(company: Company) -> None:
    content = HEAD + "1,3/4/2011 12:00,7,A,1,5\n2,5/6/2011 12:00,7,A,1,5\n"
    with pytest.raises(UserError, match="two ways"):
        run(received(content))

    imported(content, choices={"dates": "mdy"})
    assert lines("strftime(\"at\", '%m-%d')") == [("03-04",), ("05-06",)]


def test_one_day_above_twelve_decides_the_whole_column(company: Company) -> None:
    imported(HEAD + "1,3/4/2011 12:00,7,A,1,5\n2,25/4/2011 12:00,7,A,1,5\n")
    assert lines("strftime(\"at\", '%m-%d')") == [("04-03",), ("04-25",)]


def test_times_are_the_companys_and_summer_counts(company: Company) -> None:
    imported(HEAD + "1,2011-01-05 08:00,7,A,1,5\n2,2011-07-05 08:00,7,A,1,5\n3,2011-07-06T08:00:00Z,7,A,1,5\n")
    assert lines("strftime(\"at\", '%H:%M')") == [("08:00",), ("07:00",), ("08:00",)]


def test_identical_lines_of_one_file_are_kept_and_told_and_stay_known(company: Company) -> None:
    twice = HEAD + "1,2011-01-05,7,A,1,5\n" * 2
    import_ = imported(twice)
    assert (import_.counts["added"], import_.counts["note:repeated"]) == (2, 1)

    longer = imported(twice + "1,2011-01-05,7,A,1,5\n2,2011-01-06,7,A,1,5\n")
    assert (longer.counts["known"], longer.counts["added"]) == (2, 2)


def test_repeated_lines_are_counted_once_if_asked(company: Company) -> None:
    import_ = imported(HEAD + "1,2011-01-05,7,A,1,5\n" * 3, choices={"count_once": True})
    assert [outcome for _, outcome, _ in outcomes(import_)] == ["added", "left_out", "left_out"]


def test_a_cancellation_written_with_a_positive_quantity_is_a_return(company: Company) -> None:
    imported(HEAD + "1,2011-01-05,7,A,4,5\n2,2011-01-05,7,A,1,5\nC1,2011-01-06,7,A,4,5\n")
    assert lines("order_id", "quantity", "amount", "kind")[-1] == ("C1", -4, -20, "return")


def test_numbers_of_customers_that_a_data_frame_wrote_as_fractions(company: Company) -> None:
    imported(HEAD + "1,2011-01-05,17850.0,A,1,5\n2,2011-01-05,,A,1,5\n")
    assert lines("external_id") == [("17850",), (None,)]


def test_without_an_order_number_a_customers_day_is_an_order(company: Company) -> None:
    imported("customer_id,date,value\n7,2011-01-05,5\n7,2011-01-05,6\n8,2011-01-05,7\n")
    assert {order for (order,) in lines("order_id")} == {"7|2011-01-05", "8|2011-01-05"}


def test_an_amount_of_its_own_wins_over_quantity_times_price(company: Company) -> None:
    imported("Invoice,Date,CustomerID,Qty,Price,Amount\n1,2011-01-05,7,3,5,13.50\n")
    assert lines("amount") == [(13.5,)]


REJECTED = [
    ("1,,7,A,1,5", "date_missing"),
    ("1,31.2.2011,7,A,1,5", "date_unreadable"),
    ("1,2011-01-05,7,A,,5", "quantity_missing"),
    ("1,2011-01-05,7,A,two,5", "quantity_unreadable"),
    ("1,2011-01-05,7,A,1,", "price_missing"),
    ("1,2011-01-05,7,A,1,5 or 6", "unit_price_unreadable"),
    ("1,2011-01-05,7,A,1,1e40", "unit_price_unreadable"),
    (",2011-01-05,7,A,1,5", "order_missing"),
    (f"1,2011-01-05,{'7' * 121},A,1,5", "external_id_too_long"),
    (f"1,2011-01-05,7,{'A' * 65},1,5", "sku_too_long"),
    ("1,2011-01-05,7,A\0,1,5", "nul"),
    ("1,2011-01-05,7,A,1,5,6", "too_wide"),
]


def test_a_row_that_cannot_be_a_line_is_rejected_with_its_reason(company: Company) -> None:
    good = "2,2011-01-06,7,A,1,5\n" * 30
    import_ = imported(HEAD + good + "".join(f"{row}\n" for row, _ in REJECTED))
    told = [reason for _, outcome, reason in outcomes(import_) if outcome == "rejected"]
    assert told == [reason for _, reason in REJECTED]


def test_lines_in_another_currency_are_rejected_as_nobody_knows_the_rate(company: Company) -> None:
    import_ = imported("Invoice,Date,CustomerID,Price,Currency\n1,2011-01-05,7,5,£\n2,2011-01-05,7,5,USD\n")
    assert outcomes(import_) == [(2, "added", None), (3, "rejected", "currency_other")]


def test_imports_of_other_sources_do_not_know_each_others_lines(company: Company) -> None:
    content = HEAD + "1,2011-01-05,7,A,1,5\n"
    imported(content, source="till")
    assert imported(content, source="web-shop").counts["added"] == 1
