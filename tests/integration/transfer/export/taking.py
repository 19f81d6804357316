"""A company to take out, and what stands in the files."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from guanxi.customer.actions import tag
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer.export.actions import ask_for_customers
from guanxi.integration.transfer.export.place import file_of
from guanxi.integration.transfer.export.work import carry_on_export
from guanxi.integration.transfer.models import Export
from tests.integration.transfer.files import imported
from tests.world import NOW

PEOPLE = (
    "Customer No,Name,Company,E-mail,E-mail 2,Phone,Phone 2,Street,City,Postcode,Country\n"
    'K1,王小明,上海茶业有限公司,wang@example.cn,,+8613800138000,+8613900139000,"南京路1号, 2楼",上海,200000,CN\n'
    "K2,=HYPERLINK(1),,ann@example.com,lee@example.org,+441632960001,,-1 Low Lane,York,YO1 1AA,GB\n"
    'K3,"Tea; Trading, Ltd",,tea@example.com,,,,"9 High\nStreet",Leeds,LS1 1AA,GB\n'
    "K4,José Núñez 😀,,jose@example.com,,+34912345678,,@home,Madrid,01234,ES\n"
)


@pytest.fixture
def people(company: Company, ada: User, tmp_path: Path, settings: Settings) -> dict[str, Party]:
    settings.GUANXI_HOME = tmp_path
    imported(PEOPLE, source="till")
    found = {party.name: party for party in Party.objects.all()}
    tag(parties=[found["王小明"].pk], name="VIP", by=ada, at=NOW)
    return found


def taken_out(by: User, form: str, *where: str, question: list[Any] | None = None) -> Path:
    """The finished file of customers in this format."""
    pairs = question or [("where", text) for text in where]
    export = ask_for_customers(question=pairs, form=form, by=by, at=NOW)
    carry_on_export(export_id=export.pk, clock=lambda: NOW)
    assert Export.objects.get(pk=export.pk).state == Export.State.READY
    return file_of(export.pk)


def clear_customers() -> None:
    """The company as if it had never heard of anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE customer_party, customer_sourcerecord, customer_source CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by column, as a spreadsheet would read them."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
