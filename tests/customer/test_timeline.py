"""Everything that happened in one stream: typed, append-only, purchases among it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from guanxi.customer.models import Event, Party
from guanxi.customer.queries.purchases import purchases, summary
from guanxi.customer.queries.stream import PURCHASES, Place, by_day, read_place, stream
from guanxi.customer.timeline import (
    CallLogged,
    FieldCorrected,
    Happening,
    NoteWritten,
    Occurrence,
    UnknownKind,
    WrongShape,
    event_kind,
    read_facts,
    record,
    record_all,
)
from tests.customer.incoming import DAY, SPRING, known

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Party:
    return known("C-1", name="Mei Jones")


def happened(party: Party, what: Happening, at: datetime, key: str | None = None, channel: str = "") -> Occurrence:
    source = party.source_records.get().pk
    return Occurrence(party=party.pk, source_record=source, what=what, at=at, key=key, channel=channel)


def line(order: str, at: datetime, amount: float, quantity: float = 1, kind: str = "sale") -> dict[str, object]:
    facts = {"source": "till", "order_id": order, "at": at, "amount": amount, "quantity": quantity}
    return {**facts, "description": f"cup of {order}", "sku": "C", "currency": "GBP", "kind": kind}


def test_an_unknown_kind_is_neither_written_nor_read(mei: Party) -> None:
    @dataclass(frozen=True)
    class Undeclared(Happening):
        text: str

    with pytest.raises(UnknownKind):
        record(happened(mei, Undeclared("x"), SPRING))
    with pytest.raises(UnknownKind):
        read_facts("customer.note_written", 99, {"text": "x"})


@pytest.mark.parametrize("facts", [{}, {"text": 1}, {"text": "x", "colour": "red"}, {"text": None}])
def test_facts_of_another_shape_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(WrongShape):
        read_facts("customer.note_written", 1, facts)


def test_a_wrong_type_is_refused_before_it_is_written(mei: Party) -> None:
    with pytest.raises(WrongShape):
        record(happened(mei, NoteWritten(text=7), SPRING))  # type: ignore[arg-type]
    assert not Event.objects.filter(kind="customer.note_written").exists()


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared already"):

        @event_kind("customer.note_written")
        @dataclass(frozen=True)
        class Other(Happening):
            text: str


def test_the_same_key_is_written_once(mei: Party) -> None:
    record_all([happened(mei, NoteWritten("a"), SPRING, key="k"), happened(mei, NoteWritten("b"), SPRING, key="k")])
    assert Event.objects.filter(key="k").count() == 1


def test_a_contact_touches_the_customer_and_bookkeeping_does_not(mei: Party) -> None:
    record(happened(mei, FieldCorrected(field="city", before="", after="Leeds"), SPRING + DAY))
    assert Party.objects.get().touched_at is None
    record(happened(mei, NoteWritten("later"), SPRING + 2 * DAY))
    record(happened(mei, NoteWritten("earlier, written up late"), SPRING))
    assert Party.objects.get().touched_at == SPRING + 2 * DAY


def test_the_stream_merges_events_and_orders_and_can_be_read_in_pieces(mei: Party) -> None:
    Event.objects.all().delete()
    record_all([happened(mei, NoteWritten(f"note {n}"), SPRING + (n // 3) * DAY) for n in range(12)])
    orders = purchases([line(f"O{n}", SPRING + (n // 2) * DAY, 10.0) for n in range(8)])
    whole, none = stream(mei, orders, before=None, channel=None, most=100)
    assert none is None
    assert len(whole) == 20
    assert [each.at for each in whole] == sorted((each.at for each in whole), reverse=True)
    pieces, place = [], None
    while True:
        shown, place = stream(mei, orders, before=place, channel=None, most=3)
        pieces += shown
        if place is None:
            break
        place = read_place(place.written())
    assert pieces == whole


def test_a_channel_shows_only_itself(mei: Party) -> None:
    record(happened(mei, CallLogged(text="hello", reached=True), SPRING, channel="call"))
    orders = purchases([line("O1", SPRING, 10.0)])
    assert [each.icon for each in stream(mei, orders, before=None, channel="call", most=9)[0]] == ["call"]
    assert [each.icon for each in stream(mei, orders, before=None, channel=PURCHASES, most=9)[0]] == ["order"]


def test_an_event_this_version_does_not_know_is_shown_as_such(mei: Party) -> None:
    record(happened(mei, NoteWritten("x"), SPRING))
    Event.objects.filter(kind="customer.note_written").update(kind="later.invented")
    shown = stream(mei, [], before=None, channel=None, most=9)[0]
    assert any(each.title == "later.invented" for each in shown)


def test_a_place_that_cannot_be_read_is_the_beginning() -> None:
    assert read_place("") is None
    assert read_place("nonsense") is None
    assert read_place(Place(SPRING, (3, "")).written()) == Place(SPRING, (3, ""))


def test_lines_become_orders_and_returns(mei: Party) -> None:
    lines = [line("A", SPRING, 30, 3), line("A", SPRING, 12, 1), line("B", SPRING + DAY, -12, -1, "return")]
    back, order = purchases(lines)
    assert (order.amount, order.lines, order.is_return) == (42, 2, False)
    assert back.is_return
    told = summary(lines)
    assert told is not None
    assert (told.orders, told.returns, told.amount, told.returned) == (1, 1, 30, 12)
    assert summary([]) is None


def test_days_of_this_week_have_names_and_older_entries_months(mei: Party) -> None:
    Event.objects.all().delete()
    today = datetime(2026, 3, 31, 9, tzinfo=UTC)
    for days in (0, 2, 40):
        record(happened(mei, NoteWritten(f"{days}"), today - timedelta(days=days)))
    entries, _place = stream(mei, [], before=None, channel=None, most=9)
    assert [day.label for day in by_day(entries, today.date())] == [
        "Today, Tuesday, 31 March 2026",
        "Sunday, 29 March 2026",
        "February 2026",
    ]
