"""A million contacts come in through ten deaths as if nothing had happened, and leave as if they had never come."""

import os
import random
import time
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection

from bench.contacts import people
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.undo.asking import ask_for_undo
from guanxi.integration.transfer.undo.work import carry_on_undo
from guanxi.integration.transfer.work import carry_on
from tests.integration.transfer.files import imported, received
from tests.killing import kill_at_random
from tests.world import NOW

ROWS = int(os.environ.get("GUANXI_PROVE_ROWS", "1000000"))
DEATHS = 10
LOGS = {"transfer_", "audit_", "jobs_", "procrastinate_", "django_", "push_"}  # the import log and the audit trail
# What differs from one run to another: ids, and the moments at which parts were worked off.
OF_THE_RUN = "{id,home_id,party_id,source_record_id,source_id,delivery_id,telling_id,left_id,right_id,left_record_id,right_record_id,provenance,created_at,received_at,recorded_at,proposed_at,at,search_vector,label,key,name_of_source}"  # fmt: skip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]


def checksums(but: str = "{}") -> dict[str, tuple[int, str]]:
    """Rows and a checksum, independent of their order, over all columns but these of every business table."""
    tables = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if not table.startswith(tuple(LOGS)):
                cursor.execute(
                    f"SELECT count(*), coalesce(sum(hashtextextended((to_jsonb(t) - %s::text[])::text, 0)::numeric), 0)::text FROM {table} t",
                    [but],
                )
                found[table] = cursor.fetchone()
    return found


def until(step: Callable[[], bool]) -> float:
    """Seconds until the step says that it is done; it waits while a dead process still has its turn."""
    began = time.monotonic()
    while not step():
        time.sleep(0.2)
    return time.monotonic() - began


def undone(import_: Import) -> float:
    ask_for_undo(import_=import_, by=None, at=NOW)
    return until(lambda: carry_on_undo(import_id=import_.pk, clock=lambda: NOW))


def run_through_deaths(text: str, longest: float) -> Import:
    import_ = received(text, source="file")
    start_import(import_=import_, by=None, at=NOW)
    kill_at_random("import", import_.pk, rounds=DEATHS, longest=longest, chance=random.Random(9))
    assert Import.objects.get(pk=import_.pk).state == Import.State.RUNNING
    until(lambda: carry_on(import_id=import_.pk, clock=lambda: NOW))
    return Import.objects.get(pk=import_.pk)


def test_contacts_come_in_through_ten_deaths_and_leave_without_a_trace(
    company: Company, record_property: Callable[[str, object], None]
) -> None:
    text = people(ROWS)
    imported(people(1000).replace("K", "Z").replace("@example.com", "@other.example"), source="till")
    before = checksums()

    began = time.monotonic()
    calm = imported(text, source="file")
    seconds = time.monotonic() - began
    expected, counts = checksums(OF_THE_RUN), calm.counts
    took = undone(calm)
    assert checksums() == before

    stormy = run_through_deaths(text, seconds / DEATHS)
    assert stormy.counts == counts
    assert checksums(OF_THE_RUN) == expected
    undone(stormy)
    assert checksums() == before

    record_property("contacts", f"{ROWS:,}")
    record_property("imported, contacts a second", f"{ROWS / seconds:,.0f}")
    record_property("killed", f"{DEATHS} times")
    record_property("undone, contacts a second", f"{ROWS / took:,.0f}")
    record_property("outcomes", ", ".join(f"{name} {number:,}" for name, number in sorted(counts.items())))
