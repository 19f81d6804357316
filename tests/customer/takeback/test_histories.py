"""Any history of imports, edits and undos ends like the same history without the imports that were undone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.customer.actions import correct_field
from guanxi.customer.intake import Incoming, ensure_delivery, take_in
from guanxi.customer.models import Delivery, Party
from guanxi.customer.takeback import forget, take_back
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import DAY, SPRING
from tests.customer.takeback.record import the_record

pytestmark = pytest.mark.django_db

NAMES = ("Mei Jones", "Mei Brown", "王晓梅")
PHONES = ("+447700900123", "07700 900123", "+447700900999")
TAGS = ("vip", "fair")


@dataclass(frozen=True)
class Brought:
    """An import of a few rows: (customer, name, phone, as of which day, tags, answer)."""

    label: int
    rows: tuple[tuple[int, int, int, int, tuple[str, ...], bool | None], ...]


@dataclass(frozen=True)
class Edited:
    """A correction typed on a customer, if he is there."""

    customer: int


rows = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.integers(0, 3),
    st.lists(st.sampled_from(TAGS), unique=True, max_size=2).map(tuple), st.none() | st.booleans(),
)  # fmt: skip
lots = st.lists(rows, min_size=1, max_size=3, unique_by=lambda row: row[0]).map(tuple)


def bring(lot: Brought, day: int, skip: bool = False) -> None:
    if skip:
        return
    at = SPRING + day * DAY
    delivery = ensure_delivery(label=str(lot.label), source_key="till", at=at, by=None)
    take_in(
        source=delivery.source,
        records=[incoming(row, lot.label) for row in lot.rows],
        at=at,
        by=None,
        delivery=delivery,
    )


def incoming(row: Any, label: int) -> Incoming:
    customer, name, phone, day, tags, answer = row
    fields = {"name": f"{NAMES[name]}", "phone": PHONES[phone], "street": f"{customer} Mill Lane"}
    return Incoming(
        external_id=f"C-{customer}", payload={"id": str(customer), **fields}, fields=fields, as_of=SPRING + day * DAY,
        tags=tags, offers={} if answer is None else {"mail": answer}, proof=f"file {label}",
    )  # fmt: skip


def take_away(label: int) -> None:
    delivery = Delivery.objects.filter(label=str(label)).first()
    after = 0
    while delivery and (part := take_back(delivery=delivery, after=after, limit=2, facts=lambda _: set())).last:
        after = part.last
    if delivery:
        forget(delivery=delivery)


def wipe() -> None:
    for label in Delivery.objects.values_list("label", flat=True):
        take_away(int(label))
    assert not Party.ever.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_lots=st.lists(lots, min_size=1, max_size=5), data=st.data())
def test_undone_imports_leave_no_trace(company: object, given_lots: list[Any], data: st.DataObject) -> None:
    history = [Brought(number, lot) for number, lot in enumerate(given_lots)]
    undone = data.draw(st.lists(st.sampled_from(history), unique=True))
    when = {lot.label: data.draw(st.integers(lot.label, len(history) - 1)) for lot in undone}
    wipe()
    for day, lot in enumerate(history):
        bring(lot, day)
        for gone in undone:
            if when[gone.label] == day:
                take_away(gone.label)
    worked_on = the_record()
    wipe()
    for day, lot in enumerate(history):
        bring(lot, day, skip=lot in undone)
    assert worked_on == the_record()
    wipe()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=lots, second=lots, customer=st.integers(0, 2))
def test_what_is_typed_outlives_the_undo_of_a_later_import(alice: User, first: Any, second: Any, customer: int) -> None:
    bring(Brought(0, first), 0)
    party = Party.objects.filter(source_records__external_id=f"C-{customer}").first()
    if party:
        correct_field(party=party, field="city", text="York", by=alice, at=SPRING + timedelta(hours=1))
    before = the_record()
    bring(Brought(1, second), 1)
    take_away(1)
    assert the_record() == before
    Party.ever.filter(pk=party and party.pk).update(city="")
    with_typed = party is not None
    take_away(0)
    assert Party.ever.exists() == with_typed
    if party:
        _forget_typed(party)
        take_away(0)


def _forget_typed(party: Party) -> None:
    from guanxi.customer.models import Event, SourceRecord  # noqa: PLC0415

    Event.objects.filter(source_record__source__key="guanxi").delete()
    SourceRecord.objects.filter(source__key="guanxi").delete()
