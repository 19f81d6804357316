"""The catalogue of computed tags, and the rules behind stages, tiers and strength."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from django.utils.translation import override

from guanxi.insight.scores import strength
from guanxi.insight.scores.company import wilson
from guanxi.insight.scores.cycle import Rhythm, rhythm
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.stages import stages
from guanxi.insight.scores.tiers import tiers
from guanxi.insight.tags import all_tags
from guanxi.insight.tags.catalogue import applied, as_lists
from guanxi.insight.tags.figures import NAMES, derive

AS_OF = date(2026, 3, 2)
NUMBERS = (
    "days orders sales returns lines largest_day sales_year returns_year days_year sales_quarter returns_quarter"
    " days_quarter sales_quarter_before days_quarter_before sales_quarter_last_year days_quarter_last_year weekend_days"
    " month_end_days autumn_sales gaps gap_log_sum gap_log_squares gap_longest T since mean_value"
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


def irregular() -> list[dict[str, object]]:
    """Enough different customers that gaps have a spread."""
    return [regular(gap, 6, silent=5) for gap in (7, 14, 21, 30, 45, 60)]


def tags_of(parties: Figures) -> list[list[str]]:
    derive(parties, rhythm(parties))
    return as_lists(applied(parties)).to_pylist()  # type: ignore[no-any-return]


def test_the_catalogue_is_large_and_every_tag_explains_itself() -> None:
    found = all_tags()
    with override("en"):
        assert len(found) >= 25
        assert len({tag.key for tag in found}) == len({str(tag.name) for tag in found}) == len(found)
        assert all(str(tag.definition).endswith(".") for tag in found)
    assert all(set(tag.shows) <= set(NAMES) for tag in found)


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


def test_wilsons_interval_stays_within_nil_and_one() -> None:
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1
    low, high = wilson(81, 263)  # Newcombe 1998, table I, method 3: 0.2553 to 0.3662
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
