"""Whatever comes in, in whatever batches, whoever is merged or parted: continuing gives what a fresh start gives."""

import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.history import Store
from guanxi.insight.models import Refresh
from guanxi.insight.refresh import refresh
from guanxi.insight.refresh.folder import Folder
from tests.insight.facts import TODAY, customers

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("a", "b", "c", "d")
FILES = ("days", "statistics", "prices", "articles", "gaps", "needs", "figures", "growth", "readings", "suggestions")
# Customer, days ago (some still to come), article, pieces, pence a piece (some given back).
LINE = st.tuples(
    st.sampled_from((*NAMES, "new", "")),
    st.integers(-3, 500),
    st.sampled_from("PQR"),
    st.integers(1, 12),
    st.sampled_from((100, 150, 151, 199, -100)),
)
# A day: what comes in, who is merged with whom, or parted again, and how many days later the refresh looks.
DAY = st.tuples(
    st.lists(LINE, max_size=12),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=2),
    st.integers(0, 8),
)
Line = tuple[str, int, str, int, int]
Day = tuple[list[Line], list[tuple[str, str]], int]
whatever_comes = given(first=st.lists(LINE, min_size=1, max_size=30), days=st.lists(DAY, min_size=1, max_size=4))
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
numbers = iter(range(1_000_000))


def bring(history: Store, lines: list[Line]) -> None:
    batch = next(numbers)
    rows = [
        {
            "source": "till",
            "external_id": customer or None,
            "line_key": batch * 1000 + number,
            "at": datetime.combine(TODAY.date() - timedelta(days=ago), time(12), UTC),
            "order_id": f"{batch}-{number}",
            "sku": article,
            "description": "goods",
            "quantity": float(pieces),
            "unit_price": abs(pence) / 100,
            "amount": pieces * pence / 100,
            "currency": "GBP",
            "country": "GB",
            "kind": "sale" if pence > 0 else "return",
        }
        for number, (customer, ago, article, pieces, pence) in enumerate(lines)
    ]
    if rows:
        history.append("order_lines", f"batch {batch}", pa.Table.from_pylist(rows))


def refreshed(day: int) -> Refresh:
    return refresh(as_of=TODAY + timedelta(days=day), at=TODAY + timedelta(seconds=next(numbers)), by=None)


def files_of(run: Refresh) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for name in FILES:
        rows = pq.read_table(getattr(Folder.of(run), name)).to_pylist()
        kept = [tuple(round(each, 9) if isinstance(each, float) else each for each in row.values()) for row in rows]
        found[name] = sorted(kept, key=repr) if name == "days" else kept
    return found


@whatever_comes
@settings(unhurried, max_examples=4)
def test_continuing_gives_what_starting_afresh_gives(
    company: object, history: Store, tmp_path: Path, first: list[Line], days: list[Day]
) -> None:
    come_to_the_same(history, tmp_path, first, days)


@pytest.mark.prove
@whatever_comes
@settings(unhurried, max_examples=50)
def test_continuing_gives_what_starting_afresh_gives_fifty_times(
    company: object, history: Store, tmp_path: Path, first: list[Line], days: list[Day]
) -> None:
    come_to_the_same(history, tmp_path, first, days)


def come_to_the_same(history: Store, home: Path, first: list[Line], days: list[Day]) -> None:
    shutil.rmtree(home / "refresh", ignore_errors=True)
    SourceRecord.objects.all().delete()
    Party.objects.all().delete()
    parties = customers(NAMES)
    bring(history, first)
    refreshed(0)
    later = 0
    for lines, merges, passed in days:
        if not Party.objects.filter(name="new").exists():
            customers(["new"])
        bring(history, lines)
        for record, party in merges:
            SourceRecord.objects.filter(external_id=record).update(party=parties[party])
        later += passed
        continued = refreshed(later)
    assert continued.steps.get(name="days").facts["reduced"] is not None
    told = files_of(continued)

    shutil.rmtree(home / "refresh")
    afresh = refreshed(later)

    assert afresh.steps.get(name="days").facts["reduced"] is None
    assert files_of(afresh) == told
