"""An error that nobody foresaw is tried again, and then the work stands still with a sentence until it is resumed."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse
from duckdb import DuckDBPyConnection, IOException
from psycopg.errors import DiskFull

from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.integration.transfer import jobs, parts, persevering
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.export import work as exporting
from guanxi.integration.transfer.export.actions import ask_for_company
from guanxi.integration.transfer.export.models import Export
from guanxi.integration.transfer.models import Import, Undo
from guanxi.integration.transfer.undo import work as undoing
from tests.integration.transfer.files import imported, received
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db(transaction=True)  # work that goes wrong looks after its connection
Tick = Callable[[], None]
PEOPLE = "customer number,name\n1,Ann\n2,Ben\n3,Cem\n4,Dan\n"


@pytest.fixture(autouse=True)
def _at_once(history: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persevering, "PAUSE", 0)


@pytest.fixture
def a_minute(run_pending_jobs: Callable[[], int]) -> Tick:
    """What the jobs do in the next minute."""

    def pass_by() -> None:
        for tick in (jobs.carry_on_imports, jobs.undo_imports, jobs.write_exports):
            tick()
        run_pending_jobs()

    return pass_by


def failing(work: Callable[..., Any], *on: int, error: Exception) -> Callable[..., Any]:
    """The work, failing on those of its calls; `calls` counts them."""

    def works(*given: Any, **named: Any) -> Any:
        works.calls += 1  # type: ignore[attr-defined]
        if works.calls in on:  # type: ignore[attr-defined]
            raise error
        return work(*given, **named)

    works.calls = 0  # type: ignore[attr-defined]
    return works


def started() -> Import:
    import_ = received(PEOPLE, kind="customers", source="shop")
    start_import(import_=import_, by=None, at=NOW, chunk_rows=2)
    return import_


def test_an_import_stops_with_a_sentence_and_goes_on_by_hand(
    a_minute: Tick, ada: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import_ = started()
    broken = failing(parts.take_in_part, 2, 3, 4, error=ZeroDivisionError("of all things"))
    monkeypatch.setattr(parts, "take_in_part", broken)
    with caplog.at_level(logging.ERROR):
        a_minute()
    a_minute()  # the next minute leaves it alone
    assert broken.calls == 4  # type: ignore[attr-defined]
    assert caplog.text.count("ZeroDivisionError: of all things") == 3
    import_.refresh_from_db()
    assert (import_.state, import_.done_rows) == (Import.State.FAILED, 2)
    client = logged_in(ada)
    page = client.get(reverse("transfer:import", args=[import_.pk])).content.decode()
    assert "ZeroDivisionError" in page
    assert "Finished parts are safe" in page

    client.post(reverse("transfer:resumption", args=[import_.pk]))
    a_minute()
    import_.refresh_from_db()
    assert (import_.state, import_.failure) == (Import.State.FINISHED, "")
    assert Party.objects.count() == 4


def test_what_passes_by_itself_is_not_noticed(a_minute: Tick, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = started()
    monkeypatch.setattr(parts, "take_in_part", failing(parts.take_in_part, 1, 3, error=OperationalError("deadlock")))
    a_minute()
    import_.refresh_from_db()
    assert import_.state == Import.State.FINISHED


def test_errors_that_pass_do_not_add_up_over_a_long_import(a_minute: Tick, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = received(PEOPLE, kind="customers", source="shop")
    start_import(import_=import_, by=None, at=NOW, chunk_rows=1)
    now_and_then = failing(parts.take_in_part, 1, 3, 5, 7, error=OperationalError("deadlock"))
    monkeypatch.setattr(parts, "take_in_part", now_and_then)
    a_minute()
    import_.refresh_from_db()
    assert (import_.state, import_.done_rows) == (Import.State.FINISHED, 4)


def test_errors_that_pass_do_not_add_up_over_a_long_undo(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = imported(PEOPLE, kind="customers", source="shop")
    logged_in(ada).post(reverse("transfer:undo", args=[import_.pk]))
    now_and_then = failing(undoing.take_back, 1, 3, 5, 7, error=OperationalError("deadlock"))
    monkeypatch.setattr(undoing, "take_back", now_and_then)
    assert undoing.carry_on_undo(import_id=import_.pk, clock=lambda: NOW, at_once=1)
    assert Undo.objects.get().finished_at


def test_a_full_disk_is_not_tried_three_times(a_minute: Tick, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = started()
    full = failing(parts.write_outcomes, 1, 2, 3, error=OSError(28, "No space left on device"))
    monkeypatch.setattr(parts, "write_outcomes", full)
    a_minute()
    import_.refresh_from_db()
    assert full.calls == 1  # type: ignore[attr-defined]
    assert "No space left on device" in import_.failure


@pytest.mark.parametrize("cause", [DiskFull("could not extend file"), IOException("IO Error: " + os.strerror(28))])
def test_a_disk_that_is_full_for_a_database_is_not_tried_three_times(
    a_minute: Tick, monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    problem = OperationalError("could not extend file")
    problem.__cause__ = cause
    import_ = started()
    full = failing(parts.take_in_part, 1, 2, 3, error=problem)
    monkeypatch.setattr(parts, "take_in_part", full)
    a_minute()
    import_.refresh_from_db()
    assert full.calls == 1  # type: ignore[attr-defined]
    assert "A file could not be written or read: No space left on device" in import_.failure


def test_duckdb_on_a_full_disk_is_not_tried_three_times(a_minute: Tick, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = started()
    tries = []

    def write_to_a_full_disk(duck: DuckDBPyConnection, query: str, _path: Path) -> None:
        tries.append(query)
        duck.execute(f"COPY ({query}) TO '/dev/full' (FORMAT parquet)")

    monkeypatch.setattr(parts, "write_whole", write_to_a_full_disk)
    a_minute()
    import_.refresh_from_db()
    assert len(tries) == 1
    assert "Make room on the disk. Finished parts are safe." in import_.failure


def test_an_undo_stops_and_goes_on_too(a_minute: Tick, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = imported(PEOPLE, kind="customers", source="shop")
    logged_in(ada).post(reverse("transfer:undo", args=[import_.pk]))
    broken = failing(undoing.take_back, 1, 2, 3, error=ZeroDivisionError())
    monkeypatch.setattr(undoing, "take_back", broken)
    a_minute()
    a_minute()
    assert broken.calls == 3  # type: ignore[attr-defined]
    assert "What is undone stays so" in Undo.objects.get().failure
    logged_in(ada).post(reverse("transfer:undo-resumption", args=[import_.pk]))
    a_minute()
    assert Undo.objects.get().finished_at
    assert not Party.objects.exists()


def test_an_export_stops_too(a_minute: Tick, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    export = ask_for_company(by=ada, at=NOW)
    broken = failing(exporting.write_company, 1, 2, 3, error=ZeroDivisionError())
    monkeypatch.setattr(exporting, "write_company", broken)
    a_minute()
    a_minute()
    assert broken.calls == 3  # type: ignore[attr-defined]
    assert Export.objects.get(pk=export.pk).state == Export.State.FAILED
