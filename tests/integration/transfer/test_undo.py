"""An undone import has left nothing behind, whatever kind it was and wherever its undo was interrupted."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guanxi.customer.actions import correct_field
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.models import Import, KeptCustomer
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.undo.asking import ask_for_undo, pause_undo, resume_undo
from guanxi.integration.transfer.undo.points import UndoPoint
from guanxi.integration.transfer.undo.work import carry_on_undo, undos_underway
from tests.customer.takeback.record import exactly
from tests.integration.transfer.files import imported, lines, received
from tests.integration.transfer.killing import run_undo_to_its_death
from tests.integration.transfer.test_kills import people, sales
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

CHANGED = "ID,Name,E-mail\n1,Ann Changed,ann@example.com\n3,Name 3,n3@example.com\n77,New Person,new@example.com\n"


def undone(import_: Import, at_once: int = 7) -> Import:
    ask_for_undo(import_=import_, by=None, at=NOW)
    assert carry_on_undo(import_id=import_.pk, clock=lambda: NOW, at_once=at_once)
    return Import.objects.select_related("undo").get(pk=import_.pk)


def state() -> list[object]:
    """Every row about customers, the catalogue, and every line of the history."""
    return [*exactly(), *Product.objects.order_by("sku").values_list(), *lines()]


def test_customers_that_a_file_brought_and_changed_are_what_they_were(company: Company) -> None:
    imported(people(20), source="till", chunk_rows=8)
    before = state()
    import_ = imported(CHANGED, source="till")
    assert (import_.counts["updated"], import_.counts["unchanged"]) == (1, 1)
    assert state() != before
    import_ = undone(import_)
    assert import_.state == Import.State.UNDONE
    assert state() == before
    assert (import_.undo.removed, import_.undo.restored, import_.undo.kept) == (1, 2, 0)
    assert Entry.objects.filter(verb="transfer.import_undone", subject=f"import:{import_.pk}").exists()


def test_lines_leave_the_history_with_the_customers_and_products_made_for_them(company: Company) -> None:
    imported(sales(40), source="shop", chunk_rows=16)
    before = state()
    import_ = imported(
        sales(60).replace("S1", "T1").replace("C7", "D7").replace("2011-", "2012-"), source="shop", chunk_rows=16
    )
    assert Product.objects.filter(sku="T1").exists()
    undone(import_)
    assert state() == before


def test_a_customer_of_whom_other_lines_tell_stays(company: Company) -> None:
    first = imported(
        "Invoice,Date,SKU,Qty,Price,CustomerID\n1,2011-02-05,S1,1,2.50,C1\n2,2011-02-05,S2,1,2.50,C2\n", source="shop"
    )
    imported("Invoice,Date,SKU,Qty,Price,CustomerID\n9,2011-03-05,S1,1,2.50,C1\n", source="shop")
    import_ = undone(first)
    assert list(KeptCustomer.objects.values_list("external_id", "why")) == [("C1", "facts")]
    assert import_.undo.removed == 1
    assert list(Product.objects.values_list("sku", flat=True)) == ["S1"]
    assert [line[0] for line in lines("order_id")] == ["9"]


def test_an_undone_file_can_come_in_again(company: Company) -> None:
    first = imported(people(20), source="till")
    counts = first.counts
    undone(first)
    assert not Party.ever.exists()
    assert imported(people(20), source="till").counts == counts


@pytest.mark.parametrize("point", [each for each in UndoPoint if each != UndoPoint.LINES_WITHDRAWN])
def test_an_undo_killed_at_a_named_point_ends_as_if_it_had_run_once(company: Company, point: str) -> None:
    imported(people(12), source="till", chunk_rows=8)
    before = state()
    import_ = imported(CHANGED, source="till")
    ask_for_undo(import_=import_, by=None, at=NOW)
    run_undo_to_its_death(import_.pk, point)
    assert undos_underway() == [import_.pk]
    while not carry_on_undo(import_id=import_.pk, clock=lambda: NOW):
        pass
    assert state() == before
    undo = Import.objects.get(pk=import_.pk).undo
    assert (undo.removed, undo.restored) == (1, 2)


def test_an_undo_of_lines_killed_after_a_part_ends_as_if_it_had_run_once(company: Company) -> None:
    before = state()
    import_ = imported(sales(60), source="shop", chunk_rows=16)
    ask_for_undo(import_=import_, by=None, at=NOW)
    for _ in range(2):
        run_undo_to_its_death(import_.pk, UndoPoint.LINES_WITHDRAWN)
    while not carry_on_undo(import_id=import_.pk, clock=lambda: NOW):
        pass
    assert state() == before


def test_a_paused_undo_waits_and_goes_on(company: Company) -> None:
    import_ = imported(people(12), source="till")
    undo = ask_for_undo(import_=import_, by=None, at=NOW)
    pause_undo(undo=undo, by=None, at=NOW)
    carry_on_undo(import_id=import_.pk, clock=lambda: NOW)
    assert Party.objects.count() == 12
    resume_undo(undo=undo, by=None, at=NOW)
    carry_on_undo(import_id=import_.pk, clock=lambda: NOW)
    assert not Party.ever.exists()


def test_what_runs_or_was_undone_cannot_be_undone(company: Company) -> None:
    running = received(people(12), source="till")
    start_import(import_=running, by=None, at=NOW)
    with pytest.raises(UserError):
        ask_for_undo(import_=running, by=None, at=NOW)
    done = undone(imported(people(12), source="fair"))
    with pytest.raises(UserError):
        ask_for_undo(import_=done, by=None, at=NOW)


def test_the_page_says_what_goes_and_stays_and_lists_whom_it_kept(ada: User, ann: User) -> None:
    import_ = imported(people(12), source="till")
    kept = Party.objects.get(name="Name 3")
    correct_field(party=kept, field="city", text="York", by=ada, at=NOW)
    client = logged_in(ada)
    address = reverse("transfer:undo", args=[import_.pk])
    assert b"Undo the import" in client.get(reverse("transfer:import", args=[import_.pk])).content
    page = client.get(address).content.decode()
    assert "12" in page
    assert "at least this one stays" in page
    assert Party.objects.count() == 12
    assert client.post(address).status_code == 302
    carry_on_undo(import_id=import_.pk, clock=lambda: NOW)
    assert "1 customer was kept" in client.get(reverse("transfer:import", args=[import_.pk])).content.decode()
    assert "Name 3" in client.get(reverse("transfer:kept", args=[import_.pk])).content.decode()
    file = b"".join(client.get(reverse("transfer:kept-file", args=[import_.pk])).streaming_content)  # type: ignore[attr-defined]
    assert b"A colleague has worked on this customer since." in file
    assert logged_in(ann).get(address).status_code == 404
    assert logged_in(ann).post(address).status_code == 404


def test_the_file_and_the_outcomes_stay(company: Company, tmp_path: Path) -> None:
    import_ = undone(imported(people(12), source="till"))
    assert place_of(import_.pk).original.exists()
    assert any(place_of(import_.pk).outcomes.glob("*.parquet"))


def test_rejected_rows_put_right_continue_the_story_of_their_import(ada: User) -> None:
    first = imported(
        "ID,Name,E-mail\n1,Ann,ann@example.com\n" + "x" * 130 + ",Bo,bo@example.com\n", name="people.csv", source="till"
    )
    assert first.counts["rejected"] == 1
    client = logged_in(ada)
    file = b"".join(client.get(reverse("transfer:rejects", args=[first.pk])).streaming_content)  # type: ignore[attr-defined]
    again = imported(file.replace(b"x" * 130, b"2"), name="people-rejects.csv")
    assert (again.corrects, again.source_key, again.counts) == (first, "till", {"created": 1})
    assert "people-rejects.csv" in client.get(reverse("transfer:import", args=[first.pk])).content.decode()
    assert "people.csv" in client.get(reverse("transfer:import", args=[again.pk])).content.decode()


def test_the_end_of_an_undo_takes_as_many_statements_for_many_products_as_for_few(company: Company) -> None:
    few, many = (statements_to_undo_sales(count) for count in (2, 20))
    assert few == many
    assert not Product.objects.exists()


def statements_to_undo_sales(products: int) -> int:
    rows = "".join(f"N{each},SKU{each},Lantern {each},1,2011-03-01 10:00,2.50,C{each}\n" for each in range(products))
    head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
    import_ = imported(head + rows, source=f"till {products}")
    assert Product.objects.count() == products
    with CaptureQueriesContext(connection) as asked:
        undone(import_, at_once=1_000)
    return len(asked)
