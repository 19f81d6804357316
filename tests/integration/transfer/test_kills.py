"""An import that is killed anywhere and carried on has the result of one that ran once."""

import random
import time
from typing import Any

import pytest

from guanxi.customer.models import SourceRecord
from guanxi.foundation.company.models import Company
from guanxi.foundation.history.points import Point as HistoryPoint
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.parties import ahead
from guanxi.integration.transfer.points import Point
from guanxi.integration.transfer.work import carry_on
from tests.integration.transfer.files import lines, outcomes, received, run
from tests.integration.transfer.killing import run_to_its_death
from tests.killing import PATIENCE, kill_at_random, run_until
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)

CHUNK = 16
IN_HISTORY = (HistoryPoint.PARQUET_WRITTEN, HistoryPoint.BEFORE_COMMIT, HistoryPoint.AFTER_COMMIT)


def sales(rows: int = 60) -> str:
    """Invoices with returns, repeated lines, unknown customers, free goods, and some rows that cannot be read."""
    said = ["Invoice,Date,SKU,Qty,Price,CustomerID"]
    for number in range(rows):
        customer = "" if number % 11 == 0 else f"C{number % 9}"
        quantity = "many" if number % 13 == 5 else str(-1 if number % 7 == 3 else number % 4 + 1)
        said.append(f"{number // 4},2011-{number % 12 + 1:02d}-05,S{number % 3},{quantity},{number % 5}.50,{customer}")
    return "\n".join([*said, *said[5:9]]) + "\n"


def people(rows: int = 60) -> str:
    said = [f"{number % 50},Name {number},n{number}@example.com" for number in range(rows)]
    return "\n".join(["ID,Name,E-mail", *said, ",,"]) + "\n"


FILES = {"transactions": sales, "customers": people}


def result(import_: Import) -> dict[str, Any]:
    """All that an import leaves behind, but the name of its source, and its notes on customers of the other source."""
    import_.refresh_from_db()
    history = lines("source", '"at"', "order_id", "sku", "quantity", "amount", "external_id", "kind")
    records = SourceRecord.objects.filter(source__key=import_.source_key).order_by("external_id")
    return {
        "state": import_.state,
        "counts": {key: count for key, count in import_.counts.items() if key not in {"note:duplicate", "note:review"}},
        "rows": import_.done_rows,
        "lines": sorted(map(repr, (line[1:] for line in history if line[0] == import_.source_key))),
        "records": list(records.values_list("external_id", "payload", "superseded__payload")),
        "outcomes": outcomes(import_),
    }


def undisturbed(kind: str, rows: int = 60) -> dict[str, Any]:
    return result(run(received(FILES[kind](rows), source="calm"), CHUNK))


def started(kind: str, rows: int = 60) -> Import:
    import_ = received(FILES[kind](rows), source="storm")
    start_import(import_=import_, by=None, at=NOW, chunk_rows=CHUNK)
    return import_


def carried_on(import_: Import) -> Import:
    """Finished by another process, which may have to wait until the database has noticed that the first one is dead."""
    deadline = time.monotonic() + PATIENCE
    while not carry_on(import_id=import_.pk, clock=lambda: NOW):
        assert time.monotonic() < deadline, "the dead process still has its turn"
        time.sleep(0.05)
    return import_


@pytest.mark.parametrize("point", [*(each for each in Point if each.startswith("import")), *IN_HISTORY])
def test_an_import_of_transactions_killed_at_a_named_point_ends_as_if_it_had_run_once(
    company: Company, point: str
) -> None:
    expected = undisturbed("transactions")
    import_ = started("transactions")
    run_to_its_death(import_.pk, point)
    assert result(carried_on(import_)) == expected


@pytest.mark.parametrize("point", [Point.PREPARED, Point.OUTCOMES_WRITTEN, Point.BEFORE_COMMIT, Point.AFTER_COMMIT])
def test_an_import_of_customers_killed_at_a_named_point_ends_as_if_it_had_run_once(
    company: Company, point: str
) -> None:
    expected = undisturbed("customers")
    import_ = started("customers")
    run_to_its_death(import_.pk, point)
    assert result(carried_on(import_)) == expected


@pytest.mark.parametrize("point", [Point.OUTCOMES_WRITTEN, Point.AFTER_COMMIT])
def test_an_import_that_is_read_ahead_ends_as_if_it_had_run_once(
    company: Company, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    expected = undisturbed("customers")
    monkeypatch.setattr(ahead, "WORTH_IT", 1)
    monkeypatch.setattr(ahead, "WAIT", 60.0)
    import_ = started("customers")
    run_to_its_death(import_.pk, point)
    assert result(carried_on(import_)) == expected


def test_an_import_killed_in_every_part_ends_as_if_it_had_run_once(company: Company) -> None:
    expected = undisturbed("transactions")
    import_ = started("transactions")
    for point in (Point.LINES_APPENDED, Point.BEFORE_COMMIT, Point.AFTER_COMMIT, Point.OUTCOMES_WRITTEN):
        run_to_its_death(import_.pk, point)
    assert result(carried_on(import_)) == expected


@pytest.mark.prove
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("seed", range(8))
def test_an_import_killed_at_random_moments_ends_as_if_it_had_run_once(company: Company, kind: str, seed: int) -> None:
    expected = undisturbed(kind, 160)
    import_ = started(kind, 160)
    kill_at_random("import", import_.pk, rounds=4, longest=1.5, chance=random.Random(seed))
    run_until("import", import_.pk, lambda: Import.objects.get(pk=import_.pk).finished_at is not None)
    assert result(import_) == expected
