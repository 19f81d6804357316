"""Imports, undos and exports that wait at the same time take turns."""

from collections.abc import Callable

import pytest

from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.integration.transfer import jobs
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.export.actions import ask_for_company
from guanxi.integration.transfer.export.models import Export
from guanxi.integration.transfer.models import Import, Undo
from guanxi.integration.transfer.undo.asking import ask_for_undo
from tests.integration.transfer.files import imported, received
from tests.world import NOW

pytestmark = pytest.mark.django_db


def people(number: int, source: str) -> str:
    return "customer number,name\n" + "".join(f"{source}{each},Ann {each}\n" for each in range(number))


@pytest.fixture
def done(history: Store, run_pending_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources in the order in which their parts are done; each turn is over after one part."""
    told: list[str] = []
    monkeypatch.setattr(jobs, "TURN", 0)
    work = jobs.carry_on

    def noted(**given: object) -> bool:
        said = Import.objects.get(pk=given["import_id"])
        told.append(said.source_key)
        return work(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "carry_on", noted)
    return told


def start(rows: int, source: str) -> Import:
    import_ = received(people(rows, source), kind="customers", source=source)
    start_import(import_=import_, by=None, at=NOW, chunk_rows=2)
    return import_


def test_a_small_import_does_not_wait_for_a_large_one(done: list[str], run_pending_jobs: Callable[[], int]) -> None:
    start(8, "large")
    start(2, "small")
    jobs.carry_on_imports()
    jobs.carry_on_imports()  # a minute later both still wait: nothing is asked for twice
    run_pending_jobs()

    assert done[:4] == ["large", "small", "large", "small"]
    assert done.count("small") == 2  # its part, and its end
    assert {each.state for each in Import.objects.all()} == {Import.State.FINISHED}


def test_undos_take_turns_and_end(done: list[str], run_pending_jobs: Callable[[], int], ada: User) -> None:
    for source in ("one", "other"):
        ask_for_undo(import_=imported(people(3, source), kind="customers", source=source), by=ada, at=NOW)
    jobs.undo_imports()
    assert run_pending_jobs() == 4  # each comes to its end in its second turn
    assert all(each.finished_at for each in Undo.objects.all())


def test_exports_that_wait_are_written(history: Store, run_pending_jobs: Callable[[], int], ada: User) -> None:
    ask_for_company(by=ada, at=NOW)
    jobs.write_exports()
    run_pending_jobs()
    assert Export.objects.get().state == Export.State.READY
