"""Whatever comes in, and in whatever batches: continuing from the last refresh gives what a fresh start gives."""

import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.history import Store
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.folder import Folder
from tests.insight.facts import TODAY, bring_lines, customers, refreshed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
NAMES = ("a", "b", "c", "d")
LINES = st.lists(
    st.tuples(st.sampled_from((*NAMES, "")), st.integers(0, 500), st.integers(-50, 200).map(float)),
    min_size=1,
    max_size=12,
)
batches_so_far = iter(range(1_000_000))


def statistics(run: Refresh) -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        rows = database.execute(f"FROM '{Folder.of(run).statistics}' ORDER BY party").fetchall()
    return [tuple(round(each, 9) if isinstance(each, float) else each for each in row) for row in rows]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(LINES, min_size=1, max_size=3), merges=st.lists(st.sampled_from(NAMES), max_size=2))
def test_continuing_gives_what_starting_afresh_gives(
    company: object, history: Store, tmp_path: Path, batches: list[list[tuple[str, int, float]]], merges: list[str]
) -> None:
    if not Party.objects.exists():
        customers(NAMES)
    parties = {each.name: each for each in Party.objects.all()}
    for batch in batches:
        number = next(batches_so_far)
        bring_lines(history, *batch, batch=f"batch {number}")
        refreshed(at=TODAY + timedelta(seconds=number))
    for name in merges:
        SourceRecord.objects.filter(external_id=name).update(party=parties["a"])
    continued = statistics(refreshed(at=TODAY + timedelta(seconds=number, milliseconds=1)))

    shutil.rmtree(tmp_path / "refresh")
    run = refreshed(at=TODAY + timedelta(seconds=number, milliseconds=2))

    assert run.steps.get(name="days").facts["reduced"] is None
    assert statistics(run) == continued
