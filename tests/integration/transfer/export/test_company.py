"""The whole company leaves in open formats, and what leaves is what is there."""

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from guanxi.customer.engagement.files import keep_file, place_of
from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.export.actions import ask_for_company, cancel_export, remove_expired
from guanxi.integration.transfer.export.company.tables import business_tables, columns_of
from guanxi.integration.transfer.export.place import file_of, sha256_of
from guanxi.integration.transfer.export.work import carry_on_export
from guanxi.integration.transfer.models import Export
from tests.integration.transfer.files import imported
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db(transaction=True)
SALES = "Invoice;Date;Customer;Item;Qty;Price\n1;13/12/2011;K1;A1;2;1,50\n2;14/12/2011;K2;B2;3;3,00\n"


def written(by: User) -> Export:
    export = ask_for_company(by=by, at=NOW)
    carry_on_export(export_id=export.pk, clock=lambda: NOW)
    return Export.objects.get(pk=export.pk)


def test_every_table_and_the_history_are_in_the_archive_row_for_row(
    people: dict[str, Party], ada: User, tmp_path: Path
) -> None:
    imported(SALES, source="till")
    export = written(ada)
    assert export.state == Export.State.READY
    assert export.sha256 == sha256_of(file_of(export.pk))

    with ZipFile(file_of(export.pk)) as archive:
        archive.extractall(tmp_path / "out")
        names = set(archive.namelist())
    assert {"README.md", "schema.json", "parts.json", "history/order_lines.parquet"} <= names
    with connection.cursor() as cursor:
        for model in business_tables():
            if model in {Export, apps.get_model("transfer", "ExportPart")} or model._meta.app_label == "audit":
                continue  # they know of the export that is being written
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            file = tmp_path / "out" / "tables" / f"{model._meta.db_table}.parquet"
            assert (pq.read_metadata(file).num_rows,) == cursor.fetchone(), model
    told = {each["file"]: each for each in json.loads((tmp_path / "out" / "parts.json").read_text())}
    assert told["history/order_lines.parquet"]["rows"] == 2
    assert told["tables/customer_party.parquet"]["rows"] == Party.ever.count()
    for name, facts in told.items():
        assert sha256_of(tmp_path / "out" / name) == facts["sha256"]


def test_another_program_finds_the_customer_of_an_order_line(
    people: dict[str, Party], ada: User, tmp_path: Path
) -> None:
    imported(SALES, source="till")
    with ZipFile(file_of(written(ada).pk)) as archive:
        archive.extractall(tmp_path / "out")
    found = duckdb.execute(
        f"""SELECT party.name, sum(line.amount) FROM '{tmp_path}/out/history/order_lines.parquet' AS line
        JOIN '{tmp_path}/out/tables/customer_source.parquet' AS source ON source.key = line.source
        JOIN '{tmp_path}/out/tables/customer_sourcerecord.parquet' AS record
            ON record.source_id = source.id AND record.external_id = line.external_id
        JOIN '{tmp_path}/out/tables/customer_party.parquet' AS party ON party.id = record.party_id
        GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    assert found == [("=HYPERLINK(1)", 9.0), ("王小明", 3.0)]


def test_no_password_leaves_and_the_description_knows_every_column(people: dict[str, Party], ada: User) -> None:
    with ZipFile(file_of(written(ada).pk)) as archive:
        schema = json.loads(archive.read("schema.json"))
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"argon2" not in everything
    assert "password" not in schema["tables"]["accounts_user"]["columns"]
    party = schema["tables"]["customer_sourcerecord"]["columns"]["party_id"]
    assert party["points_at"] == "customer_party"
    assert schema["history"]["order_lines"]["columns"]["amount"] == {"type": "double"}


def test_what_is_pointed_at_is_read_after_what_points_at_it() -> None:
    places = {model: place for place, model in enumerate(business_tables())}
    assert places[SourceRecord] < places[Party]
    for model, place in places.items():
        for column in columns_of(model):
            target = column.related_model
            if target in places and target is not model and SourceRecord not in {model, target}:
                assert place <= places[target] or places[target] < place  # cycles may stand in any order


def test_an_export_that_was_cut_short_goes_on_behind_its_last_part(
    people: dict[str, Party], ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask_for_company(by=ada, at=NOW)
    read: list[str] = []

    class Killed(BaseException):
        pass

    def dies(*_: object) -> None:
        read.append("part")
        if len(read) == 3:
            raise Killed

    monkeypatch.setattr("guanxi.integration.transfer.export.company.writing.reach", dies)
    with pytest.raises(Killed):
        carry_on_export(export_id=export.pk, clock=lambda: NOW)
    kept = dict(export.parts.values_list("name", "sha256"))
    assert len(kept) == 3

    carry_on_export(export_id=export.pk, clock=lambda: NOW)
    export.refresh_from_db()
    assert export.state == Export.State.READY
    assert kept.items() <= dict(export.parts.values_list("name", "sha256")).items()
    assert len(read) == export.parts.count()


def test_a_cancelled_export_leaves_no_file_and_an_old_one_is_removed(people: dict[str, Party], ada: User) -> None:
    waiting = ask_for_company(by=ada, at=NOW)
    cancel_export(export=waiting, by=ada, at=NOW)
    carry_on_export(export_id=waiting.pk, clock=lambda: NOW)
    assert not file_of(waiting.pk).exists()

    ready = written(ada)
    assert remove_expired(at=NOW) == 0
    assert remove_expired(at=ready.expires_at) == 1  # type: ignore[arg-type]
    assert not file_of(ready.pk).exists()
    assert Export.objects.get(pk=ready.pk).state == Export.State.GONE


def test_files_kept_with_customers_leave_with_a_table_of_whose_they_are(people: dict[str, Party], ada: User) -> None:
    party = Party.objects.get(name="王小明")
    blocks = [b"%PDF-1.7 ", "合同".encode()]
    paper = keep_file(party=party, name="合同 2026.pdf", blocks=blocks, by=ada, at=NOW)
    formula = keep_file(party=party, name="=cmd.txt", blocks=[b"gone"], by=ada, at=NOW)
    place_of(formula.sha256).unlink()
    with ZipFile(file_of(written(ada).pk)) as archive:
        assert archive.read(f"files/{paper.pk} 合同 2026.pdf") == b"".join(blocks)
        lines = list(csv.reader(archive.read("files.csv").decode("utf-8-sig").splitlines()))
    assert lines[0][:4] == ["File", "Customer number", "Customer", "Name"]
    about = [str(party.pk), "王小明", "合同 2026.pdf", "application/pdf", "15", paper.sha256, "2026-03-02T09:00:00Z"]
    assert lines[1] == [f"files/{paper.pk} 合同 2026.pdf", *about, "Ada Kerr"]
    assert lines[2][:4] == ["", str(party.pk), "王小明", "'=cmd.txt"]


def fetched(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_administrator_asks_for_it_and_fetches_it(people: dict[str, Party], ada: User, sue: User) -> None:
    client = logged_in(ada)
    page = client.post("/transfer/company/", follow=True)
    assert "Being written" in page.content.decode()
    export = Export.objects.get()
    assert "being exported already" in client.post("/transfer/company/", follow=True).content.decode()

    carry_on_export(export_id=export.pk, clock=lambda: NOW)
    page = client.get(f"/transfer/company/{export.pk}/")
    assert "tables/customer_party.parquet" in page.content.decode()
    assert fetched(client, f"/transfer/company/{export.pk}/file")[:2] == b"PK"
    assert logged_in(sue).get(f"/transfer/company/{export.pk}/file").status_code == 404
