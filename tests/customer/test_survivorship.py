"""Whatever the order in which records come in, the same words give the same party."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guanxi.customer import survivorship
from guanxi.customer.survivorship import GOLDEN, survive

START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 30).map(lambda days: START + timedelta(days=days))
said = st.dictionaries(st.sampled_from(GOLDEN), st.sampled_from(["", "a", "b", "c"]))


@st.composite
def witnesses(draw: st.DrawFn) -> list[survivorship.Testimony]:
    count = draw(st.integers(0, 5))
    return [
        survivorship.Testimony(
            record=number,
            rank=draw(st.integers(0, 3)),
            as_of=draw(moments),
            fields=draw(said),
            by_hand=number == 0 and draw(st.booleans()),
        )
        for number in range(count)
    ]


@given(witnesses(), st.randoms())
def test_the_order_of_the_records_does_not_matter(heard: list[survivorship.Testimony], lot: object) -> None:
    mixed = list(heard)
    lot.shuffle(mixed)  # type: ignore[attr-defined]
    assert survive(mixed) == survive(heard)


@given(witnesses())
def test_every_value_is_one_that_its_named_record_said(heard: list[survivorship.Testimony]) -> None:
    golden = survive(heard)
    by_number = {each.record: each for each in heard}
    assert golden.fields.keys() == golden.provenance.keys()
    for name, value in golden.fields.items():
        assert by_number[int(golden.provenance[name][0])].fields[name] == value


@given(witnesses())
def test_no_system_makes_a_field_empty_and_no_spoken_field_is_lost(heard: list[survivorship.Testimony]) -> None:
    golden = survive(heard)
    for name in GOLDEN:
        spoken = any(each.fields.get(name) for each in heard)
        erased = any(each.by_hand and each.fields.get(name) == "" for each in heard)
        assert bool(golden.fields.get(name)) == (spoken and not erased)


def witness(record: int, rank: int, day: int, name: str, *, by_hand: bool = False) -> survivorship.Testimony:
    return survivorship.Testimony(record, rank, START + timedelta(days=day), {"name": name}, by_hand)


def test_the_better_source_is_believed_and_among_equals_the_newer_word() -> None:
    assert survive([witness(1, 50, 9, "till"), witness(2, 10, 1, "erp")]).fields["name"] == "erp"
    assert survive([witness(1, 50, 9, "newer"), witness(2, 50, 1, "older")]).fields["name"] == "newer"


def test_what_a_person_typed_outranks_every_system_even_when_it_is_nothing() -> None:
    assert survive([witness(1, 0, 9, "erp"), witness(2, 90, 1, "typed", by_hand=True)]).fields["name"] == "typed"
    assert survive([witness(1, 0, 9, "erp"), witness(2, 90, 1, "", by_hand=True)]).fields["name"] == ""
