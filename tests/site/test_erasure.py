"""After an erasure nothing of the person is left: not in a table, an index, a statistic, the history, or any file."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from guanxi.customer.actions import correct_field, create_customer, log_call, record_consent, tag, write_note
from guanxi.customer.engagement.files import keep_file
from guanxi.customer.engagement.promises import make_promise
from guanxi.customer.engagement.tasks import set_task
from guanxi.customer.intake import ensure_source, take_in
from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import Identifier, Outbox, Party, PrivacyRequest, Proposal, SavedView, SourceRecord
from guanxi.customer.privacy import erasing, ledger
from guanxi.customer.privacy.actions import check_identity, note_answered, open_request, readmit, start_erasure
from guanxi.customer.privacy.erasing import erase
from guanxi.customer.privacy.holdings import holdings
from guanxi.customer.privacy.replaying import replay
from guanxi.customer.privacy.subject import subject_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.history import Store
from guanxi.foundation.push.actions import notify
from guanxi.insight.models import Segment
from guanxi.insight.refresh import refresh
from guanxi.integration.transfer import parts, persevering
from guanxi.integration.transfer import work as working
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.parties.intake import take_in_part
from guanxi.integration.transfer.work import carry_on
from guanxi.operational.marketing.models import Campaign
from tests.customer.incoming import row
from tests.integration.transfer.files import imported, outcomes, received
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

# What only this person is called by. Names and addresses as written, and as the record keeps them.
MARKS = (
    "Zelmira",
    "Quastenflosser",
    "魏诗涵",
    "weishihan",
    "zelmira.q@",
    "7700900461",
    "7788991122",
    "ZQ-4711",
    "second@",
)
PEOPLE = """customer number,name,email,email 2,phone,street,note
ZQ-4711,Zelmira Quastenflosser,zelmira.q@flosser.example,second@flosser.example,07700 900461,1 Pond Lane,likes water
OK-1,Otto Keller,otto@keller.example,,07700 900123,2 Hill Road,friend of nobody
"""
LINES = """invoice,customer,date,sku,quantity,price
I-1,ZQ-4711,2026-01-05,P1,2,10.00
I-2,OK-1,2026-01-06,P1,1,10.00
I-3,ZQ-4711,2026-02-05,P2,1,30.00
"""


def planted(ada: User, alice: User) -> Party:
    """One person in every place that knows of people."""
    imported(PEOPLE.encode(), name="people.csv", kind="customers", source="shop")
    imported(LINES.encode(), name="lines.csv", kind="transactions", source="shop")
    person = Party.objects.get(email="zelmira.q@flosser.example")
    other = Party.objects.get(name="Otto Keller")
    shop = ensure_source(key="shop", name="Shop")
    newer = row("ZQ-4711", as_of=NOW + timedelta(days=1), name="Zelmira Quastenflosser", email="zelmira.q@neu.example")
    take_in(source=shop, records=[newer], at=NOW, by=None)
    twin = create_customer(fields={"name": "魏诗涵", "phone": "+447788991122"}, owner=alice, by=alice, at=NOW)
    mine, theirs = (SourceRecord.objects.filter(party=each).order_by("pk").first() for each in (person, twin))
    assert mine is not None
    assert theirs is not None
    first, second = sorted((mine, theirs), key=lambda each: each.pk)
    Proposal.objects.create(
        left_record=first, right_record=second, left=first.party, right=second.party, origin="nightly", rule="model",
        probability=0.9, weight=3.3, proposed_at=NOW,
        explanation=[{"field": "name", "level": "different", "left": "Zelmira", "right": "魏诗涵", "weight": 1}],
    )  # fmt: skip
    undone = merge_parties(absorbed=other, survivor=person, by=ada, at=NOW)
    undo_merge(merge=undone, by=ada, at=NOW)
    merge_parties(absorbed=person, survivor=twin, by=ada, at=NOW)
    survivor = Party.objects.get(pk=twin.pk)
    write_note(party=survivor, text="Zelmira called about her pond", by=alice, at=NOW)
    log_call(party=survivor, text="Quastenflosser", reached=True, incoming=True, minutes=3, by=alice, at=NOW)
    record_consent(party=survivor, purpose="offers", channel="mail", is_given=True, at=NOW, by=alice, proof="Zelmira")
    tag(parties=[survivor.pk], name="pond", by=alice, at=NOW)
    correct_field(party=survivor, field="city", text="Quastenflosser-Stadt", by=alice, at=NOW)
    write_note(party=other, text="Ask zelmira.q@flosser.example for the key", by=alice, at=NOW)
    write_about_others(person=survivor, other=other, by=alice)
    Outbox.objects.create(
        source_record=mine, party=survivor, key="m1", channel="mail", purpose="service", due_at=NOW,
        address="zelmira.q@flosser.example", subject="Dear Zelmira", body="Dear Zelmira Quastenflosser",
    )  # fmt: skip
    note(verb="test.noted", by=ada, at=NOW, subject=f"party:{survivor.pk}", who="魏诗涵", mail="zelmira.q@neu.example")
    notify(topic="import:1", kind="test", payload={"name": "Zelmira Quastenflosser"})
    refresh(as_of=NOW, at=NOW, by=None)
    return survivor


def write_about_others(person: Party, other: Party, by: User) -> None:
    """What colleagues write down elsewhere, in which the person is called by the whole name."""
    set_task(party=other, what="Ask zelmira quastenflosser for a cup", due_on=NOW.date(), assignee=by, by=by, at=NOW)
    make_promise(party=other, what="The address of Zelmira Quastenflosser", due_on=NOW.date(), by=by, at=NOW)
    keep_file(party=other, name="Quastenflosser, Zelmira.pdf", blocks=[b"a contract"], by=by, at=NOW)
    tag(parties=[other.pk], name="Friends of Zelmira Quastenflosser", by=by, at=NOW)
    SavedView.objects.create(name="魏诗涵", owner=by, conditions=[["name", "contains", "Zelmira Quastenflosser"]])
    like = Segment.objects.create(
        name="Zelmira Quastenflosser", conditions=[["name", "contains", "魏诗涵"]], made_at=NOW
    )
    Campaign.objects.create(name="Like Zelmira Quastenflosser", segment=like, made_at=NOW)
    asked = open_request(party=person, kind="access", how="letter of Zelmira", received_at=NOW, by=by, at=NOW)
    check_identity(request=asked, how="Zelmira was here", by=by, at=NOW)
    note_answered(request=asked, by=by, at=NOW)


def erased(person: Party, by: User, facts: str = "anonymise") -> PrivacyRequest:
    request = open_request(party=person, kind="erasure", how="letter of Frau Zelmira", received_at=NOW, by=by, at=NOW)
    check_identity(request=request, how="called Quastenflosser", by=by, at=NOW)
    start_erasure(request=request, facts=facts, backup_days=90, by=by, at=NOW)
    assert erase(request_id=request.pk, clock=lambda: NOW)
    request.refresh_from_db()
    return request


def places_in_the_database() -> Iterator[str]:
    """Every column of every table and every statistic that holds a mark, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', table_schema, table_name), column_name FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
        )
        for table, column in cursor.fetchall():
            for mark in MARKS:
                cursor.execute(
                    f'SELECT count(*) FROM {table} WHERE position(lower(%s) IN lower("{column}"::text)) > 0', [mark]
                )
                if cursor.fetchone()[0]:
                    yield f"{table}.{column}: {mark}"
        for column in ("most_common_vals", "histogram_bounds", "most_common_elems"):
            for mark in MARKS:
                cursor.execute(
                    f"SELECT tablename, attname FROM pg_stats WHERE position(lower(%s) IN lower({column}::text)) > 0",
                    [mark],
                )
                yield from (f"statistics of {table}.{name}: {mark}" for table, name in cursor.fetchall())


def places_in_files(home: Path) -> Iterator[str]:
    for path in sorted(home.rglob("*")):
        if path.is_file():
            yield from (f"{path.relative_to(home)}: {mark}" for mark in MARKS if _holds(path.read_bytes(), mark))


def _holds(content: bytes, mark: str) -> bool:
    """Also inside Parquet, zip and gzip, and in the encodings that files come in."""
    if content[:4] == b"PAR1":
        table = pq.read_table(io.BytesIO(content))
        return mark.lower() in json.dumps(table.to_pylist(), default=str, ensure_ascii=False).lower()
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(_holds(archive.read(name), mark) for name in archive.namelist())
    if content[:2] == b"\x1f\x8b":
        return _holds(gzip.decompress(content), mark)
    lower = content.lower()
    return any(mark.lower().encode(code, "ignore") in lower for code in ("utf-8", "utf-16-le", "gb18030"))


def test_nothing_of_the_person_is_left_anywhere(ada: User, alice: User, history: Store) -> None:
    person = planted(ada, alice)
    before = [*places_in_the_database(), *places_in_files(settings.GUANXI_HOME)]
    kinds = {place.partition(":")[0].partition("/")[0] for place in before}
    assert {"imports", "refresh", "public.customer_party.name", "public.customer_outbox.body"} <= kinds, kinds
    assert len(before) > 50

    request = erased(person, ada)

    assert [*places_in_the_database(), *places_in_files(settings.GUANXI_HOME)] == []
    assert request.state == PrivacyRequest.State.DONE
    assert Party.ever.filter(name="Otto Keller").count() == 1
    assert request.report["backups_until"] == "2026-05-31"


def test_the_books_still_add_up_when_facts_are_kept_without_the_person(ada: User, alice: User, history: Store) -> None:
    person = planted(ada, alice)
    with history.read() as reading:
        before = reading.table("order_lines").amount.sum().to_pyarrow().as_py()
    erased(person, ada)
    with history.read() as reading:
        lines = reading.table("order_lines").to_pyarrow().to_pylist()
    assert sum(each["amount"] for each in lines) == before == 60.0
    assert sorted(each["external_id"] or "" for each in lines) == ["", "", "OK-1"]


def test_facts_go_too_when_that_was_chosen(ada: User, alice: User, history: Store) -> None:
    erased(planted(ada, alice), ada, facts="erase")
    with history.read() as reading:
        assert reading.table("order_lines").external_id.to_pyarrow().to_pylist() == ["OK-1"]


def test_the_erased_stay_out_until_they_are_let_in_again(ada: User, alice: User, history: Store) -> None:
    request = erased(planted(ada, alice), ada)
    again = imported(PEOPLE.encode(), name="again.csv", kind="customers", source="shop")
    assert Import.objects.get(pk=again.pk).counts["rejected"] == 1
    elsewhere = imported(
        b"customer number,name,email\nX-1,Z. Q.,Zelmira.Q@flosser.example\n",
        name="web.csv",
        kind="customers",
        source="web",
    )
    assert Import.objects.get(pk=elsewhere.pk).counts["rejected"] == 1
    second = imported(
        b"customer number,name,email\nX-2,Z. Q.,second@flosser.example\n", name="b.csv", kind="customers", source="web"
    )
    assert Import.objects.get(pk=second.pk).counts["rejected"] == 1
    assert not Identifier.objects.filter(value__startswith="zelmira").exists()
    assert [*places_in_the_database(), *places_in_files(settings.GUANXI_HOME)] == []
    assert [number for number, outcome, _ in outcomes(again) if outcome == "rejected"] == [2]
    readmit(request=request, ground="New order of 3 March", by=ada, at=NOW)
    imported(PEOPLE.encode(), name="back.csv", kind="customers", source="shop")
    assert Identifier.objects.filter(value__startswith="zelmira").exists()


def test_what_the_erased_bought_comes_in_again_without_them(ada: User, alice: User, history: Store) -> None:
    erased(planted(ada, alice), ada, facts="erase")
    imported(LINES.encode(), name="lines.csv", kind="transactions", source="shop")
    till = b"customer,date,sku,quantity,price\nZQ-4711,2026-03-05,P2,1,0.00\n"  # lines without a number of their order
    imported(till, name="till.csv", kind="transactions", source="shop")
    with history.read() as reading:
        lines = reading.table("order_lines").to_pyarrow().to_pylist()
    assert sum(each["amount"] for each in lines) == 60.0
    assert {each["external_id"] for each in lines} == {None, "OK-1"}
    assert not SourceRecord.objects.filter(external_id="ZQ-4711").exists()
    assert [*places_in_the_database(), *places_in_files(settings.GUANXI_HOME)] == []


def half_imported() -> Import:
    """An import of the erased, and of others who come later in the file."""
    others = "".join(f"N-{n},New {n},,,,,\n" for n in range(3))
    import_ = received(PEOPLE + others, name="again.csv", kind="customers", source="shop")
    start_import(import_=import_, by=None, at=NOW, chunk_rows=2)
    carry_on(import_id=import_.pk, clock=lambda: NOW)
    return Import.objects.get(pk=import_.pk)


def all_but_first(work: Any, error: type[BaseException]) -> Any:
    """The work, which succeeds once."""
    calls = count()

    def works(*given: Any, **named: Any) -> Any:
        if next(calls):
            raise error
        return work(*given, **named)

    return works


def test_an_import_that_fails_and_is_cancelled_holds_no_row_of_the_erased(
    ada: User, alice: User, history: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased(planted(ada, alice), ada)
    with monkeypatch.context() as broken:
        broken.setattr(persevering, "PAUSE", 0)
        broken.setattr(parts, "take_in_part", all_but_first(take_in_part, ZeroDivisionError))
        import_ = half_imported()
    assert import_.state == Import.State.FAILED
    assert list(places_in_files(settings.GUANXI_HOME)) == []


def test_an_import_whose_process_died_and_is_cancelled_forgets_the_erased(
    ada: User, alice: User, history: Store, run_pending_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased(planted(ada, alice), ada)
    with monkeypatch.context() as killed:
        killed.setattr(working, "forget_the_erased", lambda import_: None)
        killed.setattr(parts, "take_in_part", all_but_first(take_in_part, SystemExit))
        with pytest.raises(SystemExit):
            half_imported()
    assert list(places_in_files(settings.GUANXI_HOME))
    import_ = Import.objects.latest("id")
    logged_in(ada).post(reverse("transfer:cancellation", args=[import_.pk]))
    run_pending_jobs()
    assert list(places_in_files(settings.GUANXI_HOME)) == []


def test_a_restored_backup_does_not_bring_the_person_back(ada: User, alice: User, history: Store) -> None:
    """The rows of the person come back as a backup would bring them; their number has been given to nobody else."""
    person = planted(ada, alice)
    saved = {
        model: list(model._base_manager.filter(pk__in=keys).values()) for model, keys in _record_rows(person).items()
    }
    erased(person, ada)
    _put_back(saved)
    assert Party.objects.filter(pk=person.pk).exists()

    started = replay(at=NOW)

    assert len(started) == 1
    erase(request_id=started[0], clock=lambda: NOW)
    assert list(places_in_the_database()) == []
    assert len(ledger.lines()) == 2


def test_a_new_customer_with_an_old_number_is_left_alone(ada: User, alice: User, history: Store) -> None:
    person = planted(ada, alice)
    erased(person, ada)
    Party.objects.create(pk=person.pk, name="Nora New", created_at=NOW)
    assert replay(at=NOW) == []


@pytest.mark.parametrize("name", ["keys", "history", "imports", "record", "refresh", "traces", "space"])
def test_an_erasure_that_dies_goes_on_where_it_was(
    name: str, ada: User, alice: User, history: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = planted(ada, alice)
    whole = erasing._do

    def dies(request: PrivacyRequest, step: str, work: Any, clock: Any) -> None:
        whole(request, step, work, clock)
        if step == name:
            request.steps.filter(name=step).exclude(name="record").delete()  # done, but not noted
            raise SystemExit

    monkeypatch.setattr(erasing, "_do", dies)
    with pytest.raises(SystemExit):
        erased(person, ada)
    monkeypatch.undo()
    request = PrivacyRequest.objects.get(kind="erasure")
    assert request.finished_at is None
    assert erase(request_id=request.pk, clock=lambda: NOW)
    assert [*places_in_the_database(), *places_in_files(settings.GUANXI_HOME)] == []


def _record_rows(person: Party) -> dict[Any, Any]:
    return holdings(subject_of(person.pk)).rows


def _put_back(saved: dict[Any, list[dict[str, Any]]]) -> None:
    with transaction.atomic():
        for model, rows in saved.items():
            generated = {each.name for each in model._meta.concrete_fields if each.generated}
            model._base_manager.bulk_create(
                model(**{name: value for name, value in row.items() if name not in generated}) for row in rows
            )
