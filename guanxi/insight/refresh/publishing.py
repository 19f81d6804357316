"""The last step: the new readings take the place of the old ones at once. Nobody ever sees half of them."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.db import OperationalError, connection, transaction

from guanxi.customer.models import Computation, Reading
from guanxi.insight.models import Need, Refresh, Suggestion
from guanxi.insight.refresh.exchange import copy_in
from guanxi.insight.refresh.tables import fresh_copy, index_like, take_the_place
from guanxi.insight.refresh.work import Work

PATIENCE = "500ms"  # whoever reads the table for longer is given way to
TRIES = 60
PAUSE = 0.5  # seconds
INTERVAL = 0.8
READING, SUGGESTION, NEED = (model._meta.db_table for model in (Reading, Suggestion, Need))


def publish(work: Work) -> dict[str, Any]:
    """Fill fresh tables beside the old ones and swap them in one transaction, which also notes the publication."""
    computation = _next_key(Computation._meta.db_table)
    fill(READING, work.folder.readings, {"computation_id": computation})
    count = int(pq.read_metadata(work.folder.statistics).num_rows)
    fill(SUGGESTION, work.folder.suggestions, {})
    fill(NEED, work.folder.needs, {})
    attempts = swap((READING, SUGGESTION, NEED), partial(_note, work, computation, count))
    return {"parties": count, "attempts": attempts}


def fill(table: str, source: Path, constants: Mapping[str, int]) -> None:
    """A complete copy of the table beside it, with the rows of a file."""
    copy = fresh_copy(table)
    copy_in(source, copy, constants)
    index_like(table, copy)


def swap(tables: Sequence[str], note: Callable[[], object]) -> int:
    """In one transaction the filled copies become the tables and `note` writes what goes with them; after which try."""
    for attempt in range(1, TRIES):
        try:
            _swapped(tables, note)
        except OperationalError:
            pause()
        else:
            return attempt
    _swapped(tables, note)
    return TRIES


def pause() -> None:
    """Let the readers finish before the next try."""
    time.sleep(PAUSE)


def _next_key(table: str) -> int:
    """A key for a row that will be inserted in the swap, when its readings already name it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])


def _swapped(tables: Sequence[str], note: Callable[[], object]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        note()
        for table in tables:
            take_the_place(table)


def _note(work: Work, computation: int, count: int) -> None:
    Computation.objects.all().delete()
    Computation.objects.create(pk=computation, as_of=work.run.as_of, published_at=work.at, **_forecast_facts(work))
    Refresh.objects.filter(pk=work.run.pk).update(published_at=work.at, parties=count, facts=_facts(work))


def _forecast_facts(work: Work) -> dict[str, Any]:
    """Which model stands behind each figure, on how many customers, and with which interval."""
    cards = {card.question: card for card in work.run.cards.filter(is_used=True)}
    figures = {
        question: {
            "model": card.model,
            "version": card.version,
            "interval": INTERVAL,
            "sample": card.sample["customers"],
            "coverage": card.holdout["coverage"],
        }
        for question, card in cards.items()
    }
    value = cards.get("expected_value")
    return {"figures": figures} | ({"horizon_days": int(value.sample["horizon"])} if value else {})


def _facts(work: Work) -> int:
    """How many rows of days stand behind the readings."""
    return int(work.run.steps.get(name="days").facts["rows"])
