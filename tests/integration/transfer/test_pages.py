import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.work import carry_on
from tests.integration.transfer.files import lines, workbook
from tests.world import NOW, logged_in, person

pytestmark = pytest.mark.django_db(transaction=True)

SALES = "Invoice;Date;Customer;Item;Qty;Price\n1;13/12/2011;7;A1;2;1,50\n2;14/12/2011;8;B2;x;3,00\n"


def upload(client: Client, content: bytes, name: str = "sales.csv") -> str:
    response = client.post("/transfer/imports/new/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def shown_form(client: Client, address: str) -> dict[str, str]:
    """The values of the mapping form as the page shows them."""
    form = client.get(address).context["form"]
    return {name: bound.value() or "" for name, bound in ((each, form[each]) for each in form.fields)}


def test_a_file_goes_from_the_upload_to_its_result_without_a_script(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, SALES.encode())

    preview = client.post(mapping, shown_form(client, mapping), follow=True)
    assert preview.status_code == 200
    assert preview.context["preview"].counts == {
        "added": 1,
        "rejected": 1,
        "reason:quantity_unreadable": 1,
        "customers_made": 1,
    }

    import_ = Import.objects.get()
    page = client.post(f"/transfer/imports/{import_.pk}/start/", follow=True)
    assert page.status_code == 200
    assert "Running" in page.content.decode()
    carry_on(import_id=import_.pk, clock=lambda: NOW)

    result = client.get(f"/transfer/imports/{import_.pk}/").content.decode()
    assert "The quantity is not a figure." in result
    assert lines("order_id", "amount") == [("1", 3.0)]
    assert set(Entry.objects.values_list("verb", flat=True)) >= {
        "transfer.file_received",
        "transfer.import_started",
        "transfer.import_finished",
    }


def test_rejected_rows_come_back_in_their_columns_and_can_be_imported_once_they_are_right(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, SALES.encode())
    client.post(mapping, shown_form(client, mapping))
    import_ = Import.objects.get()
    client.post(f"/transfer/imports/{import_.pk}/start/")
    carry_on(import_id=import_.pk, clock=lambda: NOW)

    rejects = b"".join(client.get(f"/transfer/imports/{import_.pk}/rejects.csv")).decode()  # type: ignore[arg-type]
    assert rejects.splitlines()[1] == '2,14/12/2011,8,B2,x,"3,00",The quantity is not a figure. (Qty: x)'

    again = upload(client, rejects.replace(",x,", ",5,").encode(), "rejects.csv")
    client.post(again, shown_form(client, again))
    second = Import.objects.latest("id")
    client.post(f"/transfer/imports/{second.pk}/start/")
    carry_on(import_id=second.pk, clock=lambda: NOW)
    assert lines("order_id", "amount") == [("1", 3.0), ("2", 15.0)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"Name;City\n", "a header but no rows"),
        (bytes(range(256)) * 40, "binary data"),
        (b"PAR1 and then nothing", "Parquet file is damaged"),
        (b"PK\x03\x04xl/ nothing", "workbook is damaged"),
        (b"PK\x03\x04 nothing", "zip archive"),
        (b"\x1f\x8b\x08 nothing", "compressed"),
        (b"\xd0\xcf\x11\xe0 nothing", "old Excel workbook"),
        (b"x" * 10_000_000, "longer than a megabyte"),
        (b'a,b\n1,"' + b"x" * 3_000_000, "quotation mark"),
        (b"a\0b,c\n" + b"\0\0\0\0" * 500, "binary data"),
    ],
)
def test_a_file_that_is_no_table_is_answered_with_a_sentence(ann: User, content: bytes, sentence: str) -> None:
    response = logged_in(ann).post("/transfer/imports/new/", {"file": SimpleUploadedFile("f.csv", content)})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Import.objects.exists()


def test_a_wrong_encoding_is_told_and_the_former_reading_stands(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, "姓名,电话\n王伟,13800138000\n李娜,13900139000\n".encode("gb18030"))
    import_ = Import.objects.get()

    page = client.post(
        f"/transfer/imports/{import_.pk}/reading/",
        {"kind": "customers", "encoding": "utf-8", "delimiter": ",", "quote": '"', "header": "1"},
    )

    assert page.status_code == 422
    assert "not written in UTF-8" in page.content.decode()
    assert "王伟" in client.get(mapping).content.decode()


def test_the_source_of_what_colleagues_type_cannot_be_imported_into(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, SALES.encode())
    page = client.post(mapping, {**shown_form(client, mapping), "source": "Guanxi"})
    assert page.status_code == 422


def test_two_columns_cannot_mean_the_same(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, SALES.encode())
    page = client.post(mapping, {**shown_form(client, mapping), "column_4": "unit_price"})
    assert page.status_code == 422
    assert "mapped to the same field" in page.content.decode()


def test_a_missing_date_column_is_told_before_anything_starts(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, SALES.encode())
    page = client.post(mapping, {**shown_form(client, mapping), "column_1": ""}, follow=True)
    assert "No column is mapped to the date" in page.content.decode()
    import_ = Import.objects.get()
    client.post(f"/transfer/imports/{import_.pk}/start/")
    import_.refresh_from_db()
    assert import_.state == Import.State.PREPARING


def test_a_workbook_is_read_whatever_name_it_is_kept_under(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, workbook([["No", "Name"], [1, "王伟"], [2, "Ann"]]), "people.xlsx")

    assert "王伟" in client.get(mapping).content.decode()
    assert Import.objects.get().rows == 2


def test_a_file_of_which_no_row_can_be_taken_in_is_sent_back_to_its_columns(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, b"Invoice;Date;Customer;Item;Qty;Price\n2;14/12/2011;8;B2;x;3,00\n")

    preview = client.post(
        mapping, {**shown_form(client, mapping), "column_4": "quantity"}, follow=True
    ).content.decode()

    assert "No row could be taken in." in preview
    assert "start/" not in preview


def test_a_row_names_all_its_unreadable_cells_at_once(ann: User) -> None:
    client = logged_in(ann)
    mapping = upload(client, b"Invoice;Date;Customer;Item;Qty;Price\n1;14/12/2011;8;B;1;3\n2;soon;8;B2;x;dear\n")
    form = {**shown_form(client, mapping), "column_1": "at", "column_4": "quantity", "column_5": "unit_price"}
    client.post(mapping, form)
    import_ = Import.objects.get()
    client.post(f"/transfer/imports/{import_.pk}/start/")
    carry_on(import_id=import_.pk, clock=lambda: NOW)

    rejects = b"".join(client.get(f"/transfer/imports/{import_.pk}/rejects.csv")).decode()  # type: ignore[arg-type]
    assert "The date cannot be read. (Date: soon; Qty: x; Price: dear)" in rejects


def test_the_file_is_given_back_as_bytes_that_no_browser_opens(ann: User) -> None:
    client = logged_in(ann)
    upload(client, SALES.encode())
    given = client.get(f"/transfer/imports/{Import.objects.get().pk}/original")
    assert given["Content-Type"] == "application/octet-stream"
    assert "attachment" in given["Content-Disposition"]
    b"".join(given)  # type: ignore[arg-type]
    given.close()


@pytest.mark.parametrize("before", ["²", "x", "9" * 30])
def test_a_list_that_begins_nowhere_does_not_exist(before: str, ann: User) -> None:
    assert logged_in(ann).get("/transfer/imports/", {"before": before}).status_code == 404


ADDRESSES = ["", "mapping/", "preview/", "progress/", "outcomes.csv", "rejects.csv", "original"]
ORDERS = ["reading/", "start/", "pause/", "resumption/", "cancellation/"]


def test_only_who_may_run_imports_sees_them(ann: User) -> None:
    upload(logged_in(ann), SALES.encode())
    base = f"/transfer/imports/{Import.objects.get().pk}/"

    assert logged_in(ann).get("/transfer/imports/").status_code == 200
    for stranger in map(person, ("alice", "bob", "sue", "mallory")):
        client = logged_in(stranger)
        for address in ("/transfer/imports/", "/transfer/imports/new/", *(base + each for each in ADDRESSES)):
            assert client.get(address).status_code == 404, address
        for address in ORDERS:
            assert client.post(base + address).status_code == 404, address


def test_orders_are_taken_by_post_only(ann: User) -> None:
    client = logged_in(ann)
    upload(client, SALES.encode())
    for address in ORDERS:
        assert client.get(f"/transfer/imports/{Import.objects.get().pk}/{address}").status_code == 405


def test_the_list_names_every_import_with_its_state(ann: User) -> None:
    client = logged_in(ann)
    upload(client, SALES.encode())
    page = client.get("/transfer/imports/").content.decode()
    assert re.search(r"sales\.csv.*Being prepared", page, re.DOTALL)
