"""The catalogue of computed tags, and the rules behind stages, tiers and strength."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from django.utils.translation import override

from guanxi.insight.scores import strength
from guanxi.insight.scores.cycle import Rhythm, rhythm
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.stages import stages
from guanxi.insight.scores.tiers import tiers
from guanxi.insight.tags import all_tags
from guanxi.insight.tags.catalogue import applied, as_lists, marks_of
from guanxi.insight.tags.figures import NAMES, RECORD, derive

AS_OF = date(2026, 3, 2)
NUMBERS = (
    "days orders sales returns lines largest_day sales_year returns_year days_year sales_quarter returns_quarter"
    " days_quarter sales_quarter_before days_quarter_before sales_quarter_last_year days_quarter_last_year weekend_days"
    " month_end_days evening_days weekday_days lines_quarter lines_quarter_before autumn_sales gaps gap_log_sum gap_log_squares gap_longest T since mean_value articles top_share cheap_share bulk_share"
).split()
DATES = ("first", "last", "second", "fourth", "returned")


def figures(*parties: dict[str, object]) -> Figures:
    """Parties by the statistics that matter; the others are nil or unknown."""
    columns: dict[str, object] = {"party": pa.array(range(len(parties)), pa.int64())}
    columns |= {name: pa.array([float(each.get(name, 0)) for each in parties]) for name in NUMBERS}  # type: ignore[arg-type]
    columns |= {name: pa.array([each.get(name) for each in parties], pa.date32()) for name in DATES}
    columns |= {f"month_{number:02d}": pa.array([0.0] * len(parties)) for number in range(12)}
    return Figures(pa.table(columns), AS_OF)


def ago(days: int) -> date:
    return date.fromordinal(AS_OF.toordinal() - days)


def regular(gap: int, times: int, *, silent: int) -> dict[str, object]:
    """Bought at even distances, then was silent."""
    gaps = times - 1
    return {
        "days": times, "orders": times, "gaps": gaps, "gap_log_sum": gaps * np.log(gap),
        "gap_log_squares": gaps * np.log(gap) ** 2, "gap_longest": gap if gaps else np.nan, "since": silent,
        "T": silent + gap * gaps, "first": ago(silent + gap * gaps), "last": ago(silent), "returned": ago(silent),
        "second": ago(silent + gap * (gaps - 1)) if gaps else None,
        "fourth": ago(silent + gap * (gaps - 3)) if gaps > 2 else None, "sales": 100.0 * times, "sales_year": 100.0 * times,
        "lines": times, "mean_value": 100.0, "days_year": times, "largest_day": 100.0,
    }  # fmt: skip


def _baskets(now: int, before: int) -> dict[str, object]:
    """Lines on ten purchase days of the last quarter, and on ten of the one before."""
    return {"days_quarter": 10, "lines_quarter": now, "days_quarter_before": 10, "lines_quarter_before": before}


def irregular() -> list[dict[str, object]]:
    """Enough different customers that gaps have a spread."""
    return [regular(gap, 6, silent=5) for gap in (7, 14, 21, 30, 45, 60)]


def tags_of(parties: Figures) -> list[list[str]]:
    derive(parties, rhythm(parties))
    return as_lists(applied(parties, "purchases")).to_pylist()  # type: ignore[no-any-return]


def test_the_catalogue_is_large_and_every_tag_explains_itself() -> None:
    found = all_tags()
    with override("en"):
        assert len(found) >= 57
        assert len({tag.key for tag in found}) == len({str(tag.name) for tag in found}) == len(found)
        assert all(str(tag.definition).endswith(".") for tag in found)
    assert all(set(tag.shows) <= set(RECORD if tag.basis == "record" else NAMES) for tag in found)
    assert all(tag.unit for tag in found)


def test_a_new_a_one_time_and_a_silent_buyer_are_told_apart() -> None:
    found = tags_of(figures(regular(1, 1, silent=3), regular(1, 1, silent=200), *irregular()))

    assert {"new", "one_time"} <= set(found[0])
    assert "new" not in found[1]
    assert {"one_time", "silent_half_year"} <= set(found[1])


def test_late_is_overdue_and_gone_is_lapsed() -> None:
    parties = figures(regular(30, 8, silent=20), regular(30, 8, silent=60), regular(30, 8, silent=2000), *irregular())
    found = tags_of(parties)

    assert not {"overdue", "lapsed"} & set(found[0])
    assert "lapsed" in found[2]
    assert "overdue" not in found[2]


def test_a_season_is_taken_neither_for_growth_nor_for_a_fall() -> None:
    steady = {**regular(30, 8, silent=5), "sales_quarter_before": 100.0, "sales_quarter": 130.0}
    others = [{**each, "sales_quarter_before": 100.0, "sales_quarter": 200.0} for each in irregular()]
    falling = {**steady, "sales_quarter": 40.0}
    found = tags_of(figures(steady, falling, *others))

    assert not {"growing", "falling"} & set(found[0])
    assert "falling" in found[1]


def bought(**more: object) -> dict[str, object]:
    return {**regular(30, 6, silent=5), **more}


@pytest.mark.parametrize(
    ("tag", "just", "not_quite"),
    [
        ("evening", {"evening_days": 3}, {"evening_days": 2}),
        ("one_weekday", {"weekday_days": 4}, {"weekday_days": 3}),
        ("basket_growing", _baskets(30, 20), _baskets(29, 20)),
        ("basket_shrinking", _baskets(12, 20), _baskets(13, 20)),
        ("one_article", {"top_share": 0.8, "articles": 4}, {"top_share": 0.79, "articles": 4}),
        ("bargain", {"cheap_share": 0.5, "articles": 4}, {"cheap_share": 0.49, "articles": 4}),
        ("bulk", {"bulk_share": 0.5, "articles": 4}, {"bulk_share": 0.49, "articles": 4}),
        ("weekend", {"weekend_days": 3}, {"weekend_days": 2}),
    ],
)
def test_a_habit_begins_at_its_border(tag: str, just: dict[str, object], not_quite: dict[str, object]) -> None:
    found = tags_of(figures(bought(**just), bought(**not_quite), *irregular()))

    assert tag in found[0]
    assert tag not in found[1]


def test_the_widest_tenth_has_a_wide_range_and_who_bought_no_numbered_article_has_none() -> None:
    known = [bought(articles=n) for n in range(1, 11)]
    found = tags_of(figures(*known, bought(articles=np.nan)))

    assert [number for number, tags in enumerate(found) if "wide_range" in tags] == [9]


ORDINARY = {
    "on_record": 400, "silence": 10, "contacts": 5, "contacts_year": 5, "colleagues": 2, "owned": 1, "phones": 1, "emails": 1,
    "verified_emails": 1, "address_parts": 4, "abroad": 0, "sources": 1, "offers_agreed": 0, "offers_refused": 0,
    "last_failed": 0, "contact_persons": 1, "organisation": 1,
}  # fmt: skip


def recorded(*parties: dict[str, float]) -> list[set[str]]:
    """The tags of customers by what the record says of them; otherwise they are ordinary."""
    names = {name: pa.array([float({**ORDINARY, **each}[name]) for each in parties]) for name in ORDINARY}
    known = Figures(pa.table({"party": pa.array(range(len(parties)), pa.int64()), **names}), AS_OF)
    return [set(tags) for tags in as_lists(applied(known, "record")).to_pylist()]


@pytest.mark.parametrize(
    ("tag", "just", "not_quite"),
    [
        ("no_contact_quarter", {"silence": 90}, {"silence": 89}),
        ("no_contact_quarter", {"silence": 90}, {"silence": np.nan, "contacts": 0}),
        ("never_contacted", {"contacts": 0, "on_record": 30}, {"contacts": 0, "on_record": 29}),
        ("often_contacted", {"contacts_year": 12}, {"contacts_year": 11}),
        ("one_colleague", {"colleagues": 1, "contacts": 3}, {"colleagues": 1, "contacts": 2}),
        ("one_colleague", {"colleagues": 1, "contacts": 9}, {"colleagues": 2, "contacts": 9}),
        ("without_owner", {"owned": 0}, {"owned": 1}),
        ("just_entered", {"on_record": 30}, {"on_record": 31}),
        ("no_contact_person", {"contact_persons": 0}, {"contact_persons": 0, "organisation": 0}),
        ("offers_agreed", {"offers_agreed": 1, "offers_refused": 3}, {"offers_refused": 3}),
        ("offers_refused", {"offers_refused": 1}, {"offers_agreed": 1, "offers_refused": 1}),
        ("never_asked", {}, {"offers_refused": 1}),
        ("no_phone", {"phones": 0}, {"phones": 1}),
        ("no_email", {"emails": 0}, {"emails": 2}),
        ("unreachable", {"phones": 0, "emails": 0}, {"phones": 0, "emails": 1}),
        ("unverified_email", {"verified_emails": 0}, {"verified_emails": 0, "emails": 0}),
        ("bounced", {"last_failed": 1}, {"last_failed": 0}),
        ("incomplete_address", {"address_parts": 3}, {"address_parts": 0}),
        ("incomplete_address", {"address_parts": 1}, {"address_parts": 4}),
        ("several_sources", {"sources": 2}, {"sources": 1}),
        ("abroad", {"abroad": 1}, {"abroad": 0}),
    ],
)
def test_what_the_record_says_gives_a_tag_from_its_border_on(
    tag: str, just: dict[str, float], not_quite: dict[str, float]
) -> None:
    found = recorded(just, not_quite)

    assert tag in found[0]
    assert tag not in found[1]


def test_who_never_bought_has_the_tags_of_the_record_and_who_did_has_both() -> None:
    known = figures(bought(), *irregular())  # parties 0 to 6
    derive(known, rhythm(known))
    names = {name: pa.array([float(value)] * 2) for name, value in {**ORDINARY, "phones": 0}.items()}
    record = Figures(pa.table({"party": pa.array([0, 99], pa.int64()), **names}), AS_OF)
    marked = marks_of(known, record)
    found = dict(zip(marked.parties.tolist(), as_lists(marked.marks).to_pylist(), strict=True))

    assert {"no_phone", "silent_half_year"} & set(found[0]) == {"no_phone"}
    assert set(found[99]) == {"no_phone", "never_asked"}
    assert "never_returns" in found[0]
    assert "no_phone" not in found[1]


@pytest.mark.parametrize(
    ("times", "silent", "stage"),
    [(1, 5, "exploration"), (3, 5, "formation"), (9, 5, "stability"), (9, 3000, "lost")],
)
def test_stages_follow_purchases_and_silence(times: int, silent: int, stage: str) -> None:
    parties = figures(regular(30, times, silent=silent), *irregular())
    found = stages(parties, rhythm(parties))

    assert found.stage[0] == stage
    assert not np.isnat(found.since[0])
    assert found.since[0] <= np.datetime64(AS_OF)


def test_who_returned_from_a_silence_that_meant_gone_is_won_back() -> None:
    back = {**regular(30, 9, silent=5), "gap_longest": 5000.0, "returned": ago(5)}
    parties = figures(back, *irregular())

    found = stages(parties, rhythm(parties))

    assert found.stage[0] == "won_back"
    assert found.since[0] == np.datetime64(ago(5))


def test_tiers_cut_the_years_revenue_not_the_number_of_customers() -> None:
    found = tiers(np.array([1000.0, 300, 300, 250, 100, 50, 0, -20]))

    assert list(found) == ["vip", "major", "major", "ordinary", "ordinary", "small", "", ""]


def test_strength_lies_between_nil_and_a_hundred_and_emotion_is_never_invented() -> None:
    parties = figures(*irregular(), regular(30, 8, silent=3000), {"since": np.nan})
    derive(parties, own := rhythm(parties))
    for scores in (strength.behaviour(parties, own), strength.time(parties)):
        assert np.nanmin(scores) >= 0
        assert np.nanmax(scores) <= 100
        assert np.isnan(scores[-1])
    assert strength.keeping(parties, own)[-2] == 0


def test_nobody_who_came_twice_still_gives_thresholds() -> None:
    parties = figures(regular(1, 1, silent=3))
    found: Rhythm = rhythm(parties)

    assert not found.is_known
    assert np.isnan(found.cycle).all()
    assert 0 < found.late[0] < found.gone[0]
