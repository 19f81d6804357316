"""Programmes: who is placed in which arm, who counts as reached, and what may be said about it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from guanxi.customer.models import SourceRecord
from guanxi.customer.models.consent import Purpose
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.foundation.history import Store
from guanxi.insight.models import Assignment, Programme, Verdict
from guanxi.insight.programmes import (
    Unit,
    assign,
    close_programme,
    expose,
    measure,
    measuring,
    open_programme,
    units_of,
)
from tests.insight.facts import TODAY, bring_lines, customers

START = TODAY - timedelta(days=40)
Arm = Assignment.Arm


def programme(**facts: object) -> Programme:
    opened = open_programme(**{"name": "Autumn", "control_share": 0.5, "by": None, "at": START, **facts})  # type: ignore[arg-type]
    opened.salt = "fixed"  # with ids from 1 on, the same lot in every run
    opened.save()
    return opened


@pytest.fixture
def units(company: object, history: Store) -> list[Unit]:
    """Four hundred customers."""
    made = customers(f"c{number}" for number in range(400))
    return units_of(type(made["c0"]).objects.all())


def arms_of(opened: Programme) -> dict[int, str]:
    return dict(opened.assignments.values_list("party", "arm"))


def reached(opened: Programme, units: list[Unit]) -> dict[int, str]:
    assign(programme=opened, units=units, at=START)
    expose(programme=opened, units=units, at=START)
    return arms_of(opened)


def sell(history: Store, units: list[Unit], arms: dict[int, str], lift: float) -> None:
    """Everybody spends around 100 a fortnight, never the same; the treated spend `lift` more after the start."""
    names = dict(SourceRecord.objects.values_list("party", "external_id"))
    lines = []
    for unit in units:
        more = lift if arms.get(unit.party) == Arm.TREATED else 0
        usual = 60 + (unit.party * 37) % 80
        for ago in (70, 56, 35, 21):
            chance = (unit.party * 31 + ago * 17) % 20
            lines.append((names[unit.party], ago, usual + chance + (more if ago < 40 else 0)))
    bring_lines(history, *lines)


@pytest.mark.django_db
def test_the_lot_is_drawn_once_and_falls_the_same_for_the_same_customer(units: list[Unit]) -> None:
    opened = programme()
    assert assign(programme=opened, units=units, at=START) == 400
    arms = arms_of(opened)

    assert assign(programme=opened, units=units, at=TODAY) == 0
    assert arms_of(opened) == arms
    assert set(arms.values()) == {Arm.TREATED, Arm.CONTROL, Arm.HOLDOUT}


@pytest.mark.django_db
def test_the_company_wide_hold_out_is_the_same_in_every_programme(units: list[Unit]) -> None:
    first, second = programme(), open_programme(name="Other", control_share=0.2, by=None, at=START)
    for opened in (first, second):
        assign(programme=opened, units=units, at=START)

    held = [{party for party, arm in arms_of(each).items() if arm == Arm.HOLDOUT} for each in (first, second)]
    assert held[0] == held[1]
    assert held[0]


@pytest.mark.django_db
def test_only_who_has_an_arm_is_exposed_and_the_first_time_counts(units: list[Unit]) -> None:
    opened = programme()
    assign(programme=opened, units=units[:100], at=START)
    drawn = opened.assignments.exclude(arm=Arm.HOLDOUT).count()

    assert expose(programme=opened, units=units, at=START) == drawn
    assert expose(programme=opened, units=units, at=TODAY) == 0
    assert set(opened.exposures.values_list("at", flat=True)) == {START}


@pytest.mark.django_db
def test_no_lot_is_drawn_for_service_messages(company: object) -> None:
    with pytest.raises(UserError, match="must reach everybody"):
        open_programme(name="Recall", control_share=0.1, by=None, at=START, purpose=Purpose.SERVICE)
    assert not Programme.objects.exists()


@pytest.mark.django_db
def test_an_end_is_declared_once(company: object, sue: User) -> None:
    opened = programme()
    close_programme(programme=opened, by=sue, at=TODAY)
    with pytest.raises(UserError, match="closed before"):
        close_programme(programme=opened, by=sue, at=TODAY)


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_a_real_effect_is_found_and_its_cost_weighed(units: list[Unit], history: Store) -> None:
    opened = programme(outcome_days=28, fixed_cost=Decimal(100), unit_cost=Decimal("0.5"))
    sell(history, units, reached(opened, units), lift=20)
    close_programme(programme=opened, by=None, at=TODAY)

    found = measure(programme=opened, at=TODAY)

    assert (found.conclusion, found.is_final) == (Verdict.Conclusion.EARNS, True)
    treated = found.figures["arms"]["treated"]["customers"]
    assert found.figures["deciding"]["low"] < 40 < found.figures["deciding"]["high"]
    assert found.figures["cost"] == 100 + 0.5 * treated
    assert found.figures["sample_ratio"]["is_ok"]
    assert found.figures["variance_ratio"] < 0.5


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_where_nothing_was_done_no_effect_is_shown(units: list[Unit], history: Store) -> None:
    opened = programme(kind=Programme.Kind.REPLAY)
    sell(history, units, reached(opened, units), lift=0)
    close_programme(programme=opened, by=None, at=TODAY)

    assert measure(programme=opened, at=TODAY).conclusion == Verdict.Conclusion.NO_EFFECT


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_a_programme_that_costs_more_than_it_earns_loses(units: list[Unit], history: Store) -> None:
    opened = programme(unit_cost=Decimal(500))
    sell(history, units, reached(opened, units), lift=20)
    close_programme(programme=opened, by=None, at=TODAY)

    assert measure(programme=opened, at=TODAY).conclusion == Verdict.Conclusion.LOSES


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_while_it_runs_the_interval_is_the_wider_one_that_may_be_looked_at(units: list[Unit], history: Store) -> None:
    opened = programme()
    sell(history, units, reached(opened, units), lift=0)

    running = measure(programme=opened, at=START + timedelta(days=10))
    figures = running.figures

    assert not running.is_final
    assert running.conclusion == Verdict.Conclusion.NOT_SURE
    assert figures["day"] == 10
    assert figures["deciding"]["high"] - figures["deciding"]["low"] > figures["fixed"]["high"] - figures["fixed"]["low"]
    assert figures["looks"][-1]["low"] == figures["deciding"]["low"]


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_an_end_declared_early_becomes_final_only_when_the_last_window_has_run_out(
    units: list[Unit], history: Store
) -> None:
    opened = programme()
    sell(history, units, reached(opened, units), lift=0)
    close_programme(programme=opened, by=None, at=START + timedelta(days=2))

    assert not measure(programme=opened, at=START + timedelta(days=27)).is_final
    final = measure(programme=opened, at=START + timedelta(days=28))
    assert final.is_final
    assert measure(programme=opened, at=TODAY) == final


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_of_two_who_measure_at_once_the_later_gets_the_final_verdict_that_stands(
    units: list[Unit], history: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = programme()
    sell(history, units, reached(opened, units), lift=20)
    close_programme(programme=opened, by=None, at=TODAY)
    judged = measuring.judged

    def overtaken(*given: Any, at: datetime, conflicts: int) -> Verdict:
        judged(*given, at=at - timedelta(seconds=1), conflicts=conflicts)
        return judged(*given, at=at, conflicts=conflicts)

    monkeypatch.setattr(measuring, "judged", overtaken)

    assert measure(programme=opened, at=TODAY) == opened.verdicts.get()
    assert opened.verdicts.get().measured_at == TODAY - timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="the_final_verdict_is_read_once"):
        Verdict.objects.create(programme=opened, measured_at=TODAY, is_final=True, conclusion="earns", figures={})


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_a_customer_whom_a_merge_has_given_two_arms_leaves_the_analysis(units: list[Unit], history: Store) -> None:
    opened = programme()
    arms = reached(opened, units)
    sell(history, units, arms, lift=0)
    one = next(unit for unit in units if arms[unit.party] == Arm.TREATED)
    other = next(unit for unit in units if arms[unit.party] == Arm.CONTROL)
    before = measure(programme=opened, at=TODAY).figures
    SourceRecord.objects.filter(pk=other.source_record).update(party=one.party)
    opened.assignments.filter(source_record=other.source_record).update(party=one.party)
    opened.exposures.filter(source_record=other.source_record).update(party=one.party)

    after = measure(programme=opened, at=TODAY).figures

    assert (before["conflicts"], after["conflicts"]) == (0, 1)
    for arm in ("treated", "control"):
        assert after["arms"][arm]["customers"] == before["arms"][arm]["customers"] - 1


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_an_arm_that_lost_customers_on_the_way_makes_the_verdict_invalid(units: list[Unit], history: Store) -> None:
    opened = programme()
    arms = reached(opened, units)
    sell(history, units, arms, lift=30)
    control = [party for party, arm in arms.items() if arm == Arm.CONTROL]
    opened.exposures.filter(party__in=control[: len(control) * 2 // 3]).delete()

    assert measure(programme=opened, at=TODAY).conclusion == Verdict.Conclusion.INVALID


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_a_whale_in_one_arm_does_not_decide(units: list[Unit], history: Store) -> None:
    opened = programme()
    arms = reached(opened, units)
    sell(history, units, arms, lift=0)
    whale = next(unit for unit in units if arms[unit.party] == Arm.TREATED)
    name = SourceRecord.objects.get(pk=whale.source_record).external_id
    bring_lines(history, (name, 30, 1_000_000), batch="whale")
    close_programme(programme=opened, by=None, at=TODAY)

    found = measure(programme=opened, at=TODAY)

    assert found.conclusion == Verdict.Conclusion.NO_EFFECT
    assert found.figures["arms"]["treated"]["revenue"] > 1_000_000
    assert found.figures["arms"]["treated"]["cut"] >= 1
    assert found.figures["cap"] < 1000


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_before_anybody_is_reached_it_is_too_early(units: list[Unit], history: Store) -> None:
    opened = programme()
    assign(programme=opened, units=units, at=START)

    assert measure(programme=opened, at=TODAY).conclusion == Verdict.Conclusion.TOO_EARLY
