"""Everything that happened in one stream: typed, append-only, purchases among it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from guanxi.customer.models import Event, Party
from guanxi.customer.queries.purchases import purchases, summary
from guanxi.customer.queries.stream import PURCHASES, Entry, Place, Wish, by_day, read_place, stream
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
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from tests.customer.incoming import DAY, SPRING, known

pytestmark = pytest.mark.django_db
EVERYTHING = Wish()


@pytest.fixture
def mei() -> Party:
    return known("C-1", name="Mei Jones")


def happened(party: Party, what: Happening, at: datetime, key: str | None = None, channel: str = "") -> Occurrence:
    source = party.source_records.get().pk
    return Occurrence(party=party.pk, source_record=source, what=what, at=at, key=key, channel=channel)


def bought(history: Store, *lines: tuple[str, datetime, float, float], customer: str = "C-1") -> None:
    """(order, moment, amount, quantity) of each line, as the till brings them."""
    rows = [
        {
            "source": "till", "external_id": customer, "line_key": number, "at": at, "order_id": order, "sku": "C",
            "description": f"cup of {order}", "quantity": quantity, "unit_price": 1.0, "amount": amount,
            "currency": "GBP", "country": "GB", "kind": "sale" if amount >= 0 else "return",
        }
        for number, (order, at, amount, quantity) in enumerate(lines)
    ]  # fmt: skip
    history.append("order_lines", "first", pa.Table.from_pylist(rows))


def read_whole(party: Party, reader: User, wish: Wish = EVERYTHING, at_once: int = 100) -> list[Entry]:
    """The stream, read in pieces of this size."""
    pieces, place = stream(party, reader, wish, before=None, most=at_once)
    while place is not None:
        more, place = stream(party, reader, wish, before=read_place(place.written()), most=at_once)
        pieces += more
    return pieces


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


def test_the_stream_merges_events_and_orders_and_can_be_read_in_pieces(mei: Party, alice: User, history: Store) -> None:
    Event.objects.all().delete()
    record_all([happened(mei, NoteWritten(f"note {n}"), SPRING + (n // 3) * DAY) for n in range(12)])
    bought(history, *((f"O{n}", SPRING + (n // 2) * DAY, 10.0, 1.0) for n in range(8)))
    whole = read_whole(mei, alice)
    assert len(whole) == 20
    assert [each.at for each in whole] == sorted((each.at for each in whole), reverse=True)
    for at_once in (1, 2, 3, 7):
        assert read_whole(mei, alice, at_once=at_once) == whole


def test_a_channel_shows_only_itself(mei: Party, alice: User, history: Store) -> None:
    record(happened(mei, CallLogged(text="hello", reached=True), SPRING, channel="call"))
    bought(history, ("O1", SPRING, 10.0, 1.0))
    assert [each.icon for each in read_whole(mei, alice, Wish(channel="call"))] == ["call"]
    assert [each.icon for each in read_whole(mei, alice, Wish(channel=PURCHASES))] == ["order"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("green", ["note"]), ("GREEN pot", ["note"]), ("绿茶", ["note"]), ("o7", ["order"]), ("cup of O7", ["order"]),
     ("blue", []), ("100%", []), ('"', [])],
)  # fmt: skip
def test_words_are_found_in_entries_and_orders_in_any_script(
    text: str, found: list[str], mei: Party, alice: User, history: Store
) -> None:
    Event.objects.all().delete()
    record(happened(mei, NoteWritten("A pot of green tea, 绿茶"), SPRING))
    record(happened(mei, NoteWritten("black"), SPRING))
    bought(history, ("O7", SPRING, 10.0, 1.0), ("P1", SPRING, 10.0, 1.0))
    assert [each.icon for each in read_whole(mei, alice, Wish(text=text))] == found


def test_an_event_this_version_does_not_know_is_shown_as_such(mei: Party, alice: User, history: Store) -> None:
    record(happened(mei, NoteWritten("x"), SPRING))
    Event.objects.filter(kind="customer.note_written").update(kind="later.invented")
    shown = read_whole(mei, alice)
    assert any(each.title == "later.invented" for each in shown)


def test_a_place_that_cannot_be_read_is_the_beginning() -> None:
    assert read_place("") is None
    assert read_place("nonsense") is None
    assert read_place(Place(SPRING, (3, "")).written()) == Place(SPRING, (3, ""))


def test_lines_become_orders_and_returns(mei: Party, history: Store) -> None:
    assert summary(mei) is None
    bought(history, ("A", SPRING, 30.0, 3.0), ("A", SPRING, 12.0, 1.0), ("B", SPRING + DAY, -12.0, -1.0))
    back, order = purchases(mei, most=9)
    assert (order.amount, order.lines, order.is_return, order.source_name) == (42, 2, False, "Till")
    assert order.items == ((3.0, "cup of A"), (1.0, "cup of A"))
    assert back.is_return
    told = summary(mei)
    assert told is not None
    assert (told.orders, told.returns, told.amount, told.returned) == (1, 1, 30, 12)
    assert told.articles == [("cup of A", 4.0, 42.0), ("cup of B", -1.0, -12.0)]


def test_days_of_this_week_have_names_and_older_entries_months(mei: Party, alice: User, history: Store) -> None:
    Event.objects.all().delete()
    today = datetime(2026, 3, 31, 9, tzinfo=UTC)
    for days in (0, 2, 40):
        record(happened(mei, NoteWritten(f"{days}"), today - timedelta(days=days)))
    assert [day.label for day in by_day(read_whole(mei, alice), today.date())] == [
        "Today, Tuesday, 31 March 2026",
        "Sunday, 29 March 2026",
        "February 2026",
    ]
