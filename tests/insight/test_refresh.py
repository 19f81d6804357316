"""Refreshing: what the readings say about customers, and that it can be repeated, cut and continued."""

import threading
import time
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest
from django.db import connection, connections, transaction

from guanxi.customer.models import Computation, Party, Reading, SourceRecord
from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from guanxi.foundation.history import Store
from guanxi.foundation.locks import Lock
from guanxi.insight.erasing import erase_working_files
from guanxi.insight.models import Need, Refresh, Suggestion
from guanxi.insight.refresh import publishing, refresh
from guanxi.insight.refresh.folder import Folder, refreshes
from tests.insight.facts import TODAY, bring_lines, customers, day, every, refreshed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def at_work(company: object, history: Store) -> Store:
    return history


def reading(name: str) -> Reading:
    return Reading.objects.select_related("computation").get(party__name=name)


def days_of(run: Refresh) -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        return database.execute(f"FROM '{Folder.of(run).days}' ORDER BY source, external_id, day").fetchall()


def test_a_reading_counts_orders_and_takes_returns_off(at_work: Store) -> None:
    customers(["acme", "idle"])
    bring_lines(at_work, ("acme", 40, 100), ("acme", 40, 60), ("acme", 10, 50), ("acme", 9, -20), ("", 5, 999))

    refreshed()

    acme = reading("acme")
    assert (acme.orders, acme.purchase_days) == (3, 2)
    assert (acme.revenue, acme.returns_amount, acme.mean_order) == (190, 20, 70)
    assert acme.monthly[-1] == 0
    assert sum(acme.monthly) == 190
    assert acme.strength_emotion is None
    idle = reading("idle")  # tags of the record alone
    assert (idle.orders, idle.revenue, idle.stage, idle.expected_value) == (0, 0, "", None)
    assert Computation.objects.get() == acme.computation


def test_days_and_hours_are_the_companys_not_those_of_greenwich(at_work: Store, company: Company) -> None:
    company.timezone = "Asia/Shanghai"
    company.save()
    customers(["acme"])
    bring_lines(at_work, ("acme", 3, 10), hour=12)  # eight in the evening there
    bring_lines(at_work, ("acme", 9, 10), batch="late", hour=20)  # four in the morning of the next day

    run = refreshed()

    assert [row[2] for row in days_of(run)] == [day(8), day(3)]
    with duckdb.connect() as database:
        found = database.execute(f"SELECT first, evening_days FROM '{Folder.of(run).statistics}'").fetchall()
    assert found == [(day(8), 1)]


def test_a_merge_moves_the_purchases_and_its_undo_moves_them_back(at_work: Store) -> None:
    parties = customers(["acme", "acme ltd"])
    bring_lines(at_work, ("acme", 9, 10), ("acme ltd", 5, 30))
    refreshed()

    SourceRecord.objects.filter(external_id="acme ltd").update(party=parties["acme"])
    refreshed(at=TODAY + timedelta(minutes=1))
    assert reading("acme").revenue == 40
    assert not Reading.objects.filter(party=parties["acme ltd"]).exists()

    SourceRecord.objects.filter(external_id="acme ltd").update(party=parties["acme ltd"])
    refreshed(at=TODAY + timedelta(minutes=2))
    assert (reading("acme").revenue, reading("acme ltd").revenue) == (10, 30)


def test_after_a_new_batch_only_touched_customers_are_reduced_again(at_work: Store) -> None:
    customers(["acme", "bolt", "core"])
    bring_lines(at_work, ("acme", 9, 10), ("bolt", 5, 30), ("core", 2, 7))
    refreshed()
    bring_lines(at_work, ("bolt", 1, 5), batch="second")

    run = refreshed(at=TODAY + timedelta(minutes=1))

    assert run.steps.get(name="days").facts["reduced"] == 1
    assert [reading(name).revenue for name in ("acme", "bolt", "core")] == [10, 35, 7]


def test_a_customer_who_is_put_on_record_after_the_purchases_gets_them(at_work: Store) -> None:
    customers(["acme"])
    bring_lines(at_work, ("acme", 9, 10), ("late", 5, 30))
    refreshed()
    customers(["late"])

    refreshed(at=TODAY + timedelta(minutes=1))

    assert reading("late").revenue == 30


def test_an_erased_customers_days_do_not_live_on_in_the_files(at_work: Store) -> None:
    parties = customers(["acme", "gone"])
    bring_lines(at_work, ("acme", 9, 10), ("gone", 5, 30))
    refreshed()
    at_work.erase("order_lines", [("till", "gone")])
    SourceRecord.objects.filter(party=parties["gone"]).update(external_id="erased")

    run = refreshed(at=TODAY + timedelta(minutes=1))

    assert {row[1] for row in days_of(run)} == {"acme"}


def test_a_refresh_without_any_history_publishes_nobody(at_work: Store) -> None:
    assert refreshed().parties == 0
    assert not Reading.objects.exists()


def test_two_refreshes_at_once_are_refused_with_a_sentence(at_work: Store) -> None:
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, 0)", [Lock.REFRESH])
        with pytest.raises(UserError, match="already running"):
            refreshed()
        cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [Lock.REFRESH])
    other.close()


def killed_while_publishing(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killer:
        killer.setattr("guanxi.insight.refresh.publishing.copy_in", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            refreshed()


def test_a_killed_refresh_is_resumed_by_the_next_attempt_a_minute_later(
    at_work: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers(["acme"])
    bring_lines(at_work, ("acme", 9, 10))
    killed_while_publishing(monkeypatch)

    run = refreshed(at=TODAY + timedelta(minutes=1))

    assert Refresh.objects.get() == run
    assert (run.as_of, run.failed_at) == (TODAY, None)
    assert reading("acme").revenue == 10


def test_a_killed_refresh_is_not_resumed_when_facts_have_come_in(
    at_work: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers(["acme"])
    bring_lines(at_work, ("acme", 9, 10))
    killed_while_publishing(monkeypatch)
    bring_lines(at_work, ("acme", 8, 5), batch="second")

    refreshed(at=TODAY + timedelta(minutes=1))

    assert reading("acme").revenue == 15


def test_who_is_erased_while_a_refresh_runs_is_not_published_by_it(company: Company, at_work: Store) -> None:
    parties = customers(["acme", "gone"])
    bring_lines(at_work, *every(20, times=6), *every(20, times=6, customer="gone"))
    refreshed()
    gone = parties["gone"].pk
    subject = Mock(parties=[gone])

    erase_working_files(Mock(), subject)

    assert not Reading.objects.filter(party=gone).exists()
    assert not Suggestion.objects.filter(party=gone).exists()
    assert reading("acme").revenue == 600
    assert refreshes() == []


def test_a_refresh_that_fails_says_so_and_leaves_the_old_readings(
    at_work: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers(["acme"])
    bring_lines(at_work, ("acme", 9, 10))
    refreshed()
    monkeypatch.setattr("guanxi.insight.refresh.publishing.copy_in", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        refreshed(at=TODAY + timedelta(minutes=1))

    failed = Refresh.objects.order_by("pk").last()
    assert failed is not None
    assert failed.error == "division by zero"
    assert reading("acme").revenue == 10


def shape(table: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1", [table])
        return cursor.fetchall()


def test_publishing_leaves_the_tables_as_the_migrations_made_them(at_work: Store) -> None:
    tables = (Reading._meta.db_table, Suggestion._meta.db_table, Need._meta.db_table)
    before = [shape(table) for table in tables]

    refreshed()
    refreshed(at=TODAY + timedelta(minutes=1))

    assert [shape(table) for table in tables] == before
    assert all(before)


def test_readers_see_all_old_or_all_new_readings_and_never_wait_long(at_work: Store) -> None:
    names = [f"c{number}" for number in range(30)]
    customers(names)
    bring_lines(at_work, *((name, 9, 10) for name in names))
    refreshed()
    seen: set[tuple[int, float]] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            found = list(Reading.objects.values_list("revenue", flat=True))
            seen.add((len(found), sum(found)))
        connections.close_all()

    reader = threading.Thread(target=look)
    reader.start()
    bring_lines(at_work, *((name, 1, 5) for name in names), batch="second")
    refreshed(at=TODAY + timedelta(minutes=1))
    time.sleep(0.1)
    done.set()
    reader.join()

    assert seen == {(30, 300.0), (30, 450.0)}


def test_a_reader_that_holds_the_table_is_waited_for(at_work: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    customers(["acme"])
    bring_lines(at_work, ("acme", 9, 10))
    refreshed()
    holds, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Reading.objects.all())
            holds.set()
            done.wait(60)
        connections.close_all()

    reader = threading.Thread(target=hold)
    monkeypatch.setattr(publishing, "PATIENCE", "50ms")
    monkeypatch.setattr(publishing, "pause", lambda: done.set() or reader.join())
    reader.start()
    holds.wait()

    run = refreshed(at=TODAY + timedelta(minutes=1))

    assert run.steps.get(name="publication").facts["attempts"] == 2
    assert reading("acme").revenue == 10


def test_progress_is_told_before_each_step_and_at_the_end(at_work: Store) -> None:
    told = []
    refresh(as_of=TODAY, at=TODAY, by=None, progress=told.append)

    assert [each.done for each in told] == list(range(len(told)))
    assert told[0].step == "terms"
    assert told[-1].share == 1


def test_the_files_of_former_refreshes_are_cleared_away(at_work: Store, tmp_path: Path) -> None:
    refreshed()
    last = refreshed(at=TODAY + timedelta(minutes=1))

    assert [folder.name for folder in (tmp_path / "refresh").iterdir()] == [str(last.pk)]


def test_a_regular_buyer_has_an_own_cycle_and_is_overdue_when_silent(at_work: Store) -> None:
    customers(["acme", "bolt"])
    bring_lines(at_work, *every(30, times=10, start=75), *every(30, times=10, customer="bolt"))

    refreshed()

    acme, bolt = reading("acme"), reading("bolt")
    assert acme.cycle_days == pytest.approx(30, rel=0.01)
    assert "lapsed" in acme.tags
    assert acme.stage in {Reading.Stage.DECLINE, Reading.Stage.LOST}
    assert bolt.stage == Reading.Stage.STABILITY
    assert Party.objects.filter(suggestion__isnull=False).count() <= 2
