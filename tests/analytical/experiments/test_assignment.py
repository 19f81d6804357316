"""Who gets what is the same everywhere, in the shares drawn, and independent between programmes."""

import ibis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.experiments import HOLDOUT, Arm, Design, assign, assign_all, sample_ratio, uniform, uniforms

MAILING = Design("spring mailing", (Arm("control", 0.2), Arm("letter", 0.5), Arm("mail", 0.3)), "2024", 0.05)


def test_the_numbers_never_change() -> None:
    """Whoever was drawn once stays drawn: these were computed by hand with sha256sum."""
    assert uniform("salt", 1) == int("73a035a1e681b", 16) / 16**13
    assert uniform("春季", "关系") == int("113c3f06382c8", 16) / 16**13


@given(st.text(), st.lists(st.text() | st.integers()))
def test_one_unit_alone_is_assigned_as_among_others(salt: str, units: list[str | int]) -> None:
    assert [uniform(salt, unit) for unit in units] == uniforms(salt, units).tolist()
    assert [assign(MAILING, unit) for unit in units] == assign_all(MAILING, units).tolist()


def test_the_database_draws_the_same_numbers() -> None:
    drawn = ibis.duckdb.connect().raw_sql("select ('0x' || sha256('salt:77')[:13])::bigint / 16::double ** 13")
    assert drawn.fetchone()[0] == uniform("salt", 77)


def test_customers_land_in_the_shares_drawn() -> None:
    arms = assign_all(MAILING, range(100_000))
    counts = [int((arms == name).sum()) for name in (HOLDOUT, "control", "letter", "mail")]
    assert sample_ratio(counts, [0.05, 0.19, 0.475, 0.285]).is_ok


def test_programmes_hold_out_the_same_customers_and_draw_the_others_independently() -> None:
    units = range(50_000)
    other = Design("autumn", MAILING.arms, MAILING.holdout_salt, MAILING.holdout_share)
    spring, autumn = assign_all(MAILING, units), assign_all(other, units)
    assert ((spring == HOLDOUT) == (autumn == HOLDOUT)).all()
    both = [int(((spring == "control") & (autumn == name)).sum()) for name in ("control", "letter", "mail")]
    assert sample_ratio(both, [0.2, 0.5, 0.3]).is_ok


def test_numbers_are_spread_evenly() -> None:
    counts = np.histogram(uniforms("even", range(100_000)), bins=50, range=(0, 1))[0]
    assert sample_ratio(counts.tolist(), [1] * 50).is_ok


@pytest.mark.parametrize(
    "arms",
    [
        (),
        (Arm("a", 0.5), Arm("a", 0.5)),
        (Arm("a", 0.4), Arm("b", 0.5)),
        (Arm("a", -1), Arm("b", 2)),
        (Arm(HOLDOUT, 1),),
    ],
)
def test_a_design_that_cannot_be_drawn_is_refused(arms: tuple[Arm, ...]) -> None:
    with pytest.raises(AnalysisError):
        Design("salt", arms)


@pytest.mark.parametrize(("salt", "share"), [("", 0.1), ("spring", 0.1), ("2024", 1.0), ("2024", -0.1)])
def test_a_hold_out_needs_its_own_salt_and_a_share_below_one(salt: str, share: float) -> None:
    with pytest.raises(AnalysisError):
        Design("spring", (Arm("mail", 1.0),), salt, share)
