"""The lot, and who reached the moment of treatment. Both are idempotent: doing it twice changes nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from guanxi.analytical.experiments import HOLDOUT, Arm, Design, assign_all
from guanxi.customer.models import Party, SourceRecord
from guanxi.insight.models import Assignment, Programme

COMPANY_SALT = "guanxi:company-wide hold-out"  # one lot for all programmes: who is held out is held out of everything
ARMS = {"control": Assignment.Arm.CONTROL, "treated": Assignment.Arm.TREATED, HOLDOUT: Assignment.Arm.HOLDOUT}


class Unit(NamedTuple):
    """A customer and the source record that the lot belongs to, whatever is merged later."""

    party: int
    source_record: int


def units_of(parties: QuerySet[Party]) -> list[Unit]:
    """The customers of a query, each with its oldest source record."""
    records = SourceRecord.objects.filter(party__in=parties.order_by().values("pk"))
    oldest = records.order_by("party_id", "id").distinct("party_id")
    return [Unit(*row) for row in oldest.values_list("party_id", "id")]


def design_of(programme: Programme) -> Design:
    """The engine's design: who gets which arm follows from the salts and the party's key alone."""
    return Design(
        salt=programme.salt,
        arms=(Arm("control", programme.control_share), Arm("treated", 1.0 - programme.control_share)),
        holdout_salt=COMPANY_SALT,
        holdout_share=programme.holdout_share,
    )


@transaction.atomic
def assign(*, programme: Programme, units: Iterable[Unit], at: datetime) -> int:
    """Let the lot place these customers; who has an arm keeps it. The number newly placed."""
    listed = list(units)
    arms = assign_all(design_of(programme), [unit.party for unit in listed])
    rows = ((unit.source_record, unit.party, ARMS[str(arm)].value) for unit, arm in zip(listed, arms, strict=True))
    with _given(rows) as cursor:
        cursor.execute(
            "INSERT INTO insight_assignment (programme_id, source_record_id, party_id, arm, at)"
            " SELECT %s, source_record, party, arm, %s FROM given ORDER BY party"
            " ON CONFLICT (programme_id, source_record_id) DO NOTHING",
            [programme.pk, at],
        )
        return int(cursor.rowcount)


@transaction.atomic
def expose(*, programme: Programme, units: Iterable[Unit], at: datetime) -> int:
    """These customers of either arm have reached the moment of treatment; their first time counts. The number new.

    Who has no arm, or is held out of everything, is not exposed.
    """
    rows = ((unit.source_record, unit.party, "") for unit in units)
    with _given(rows) as cursor:
        cursor.execute(
            "INSERT INTO insight_exposure (programme_id, source_record_id, party_id, at)"
            " SELECT a.programme_id, a.source_record_id, a.party_id, %s"
            " FROM given JOIN insight_assignment a ON a.source_record_id = given.source_record AND a.programme_id = %s"
            " WHERE a.arm <> 'holdout' ORDER BY a.party_id"
            " ON CONFLICT (programme_id, source_record_id) DO NOTHING",
            [at, programme.pk],
        )
        return int(cursor.rowcount)


@contextmanager
def _given(rows: Iterable[tuple[int, int, str]]) -> Iterator[Any]:
    """The rows as a temporary table, for one set-based statement however many they are."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE given (source_record bigint, party bigint, arm text) ON COMMIT DROP")
        with cursor.copy("COPY given FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        yield cursor
        cursor.execute("DROP TABLE given")
