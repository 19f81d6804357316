"""The pages of insight, tried by the whole cast."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from guanxi.customer.models import Event, Party, Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.history import Store
from guanxi.insight.models import Answer, Segment, Suggestion
from guanxi.insight.programmes import assign, close_programme, expose, measure, open_programme, units_of
from tests.insight.facts import TODAY, about_every, bring_lines, customers, refreshed
from tests.world import logged_in

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("home")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page's present is the morning of 2 March 2026."""
    for module in ("today", "segments", "programmes", "overview"):
        monkeypatch.setattr(f"guanxi.insight.views.{module}.now", lambda: TODAY)


@pytest.fixture
def acme(alice: User, history: Store) -> Party:
    """A customer of Alice's who bought every month and has been silent for nearly two: the next order is overdue."""
    acme = customers(["acme"], owner=alice)["acme"]
    made = customers([f"c{number}" for number in range(30)])
    regular = [about_every(20 + number, times=12, customer=name) for number, name in enumerate(made)]
    bring_lines(history, *about_every(30, times=10, start=50), *(line for lines in regular for line in lines))
    refreshed()
    return acme


def test_today_ranks_what_to_do_with_a_reason_and_what_is_at_stake(acme: Party, alice: User) -> None:
    page = logged_in(alice).get(TODAY_PAGE).content.decode()

    assert "acme" in page
    assert "Silent for" in page or "silent for" in page
    assert "revenue at stake" in page
    assert "measured with control groups only" in page


def test_today_leads_nobody_to_a_page_that_is_closed_to_them(acme: Party, alice: User, sue: User) -> None:
    learnt, models = 'href="/insight/loop/"', 'href="/insight/models/"'
    of_the_manager, of_the_seller = (logged_in(each).get(TODAY_PAGE).content.decode() for each in (sue, alice))
    assert learnt in of_the_manager
    assert models in of_the_manager
    assert learnt not in of_the_seller
    assert models not in of_the_seller


def test_today_shows_a_representative_only_the_own_customers(acme: Party, bob: User, sue: User, mallory: User) -> None:
    assert "acme" not in logged_in(bob).get(TODAY_PAGE).content.decode()
    assert "acme" in logged_in(sue).get(TODAY_PAGE).content.decode()
    assert logged_in(mallory).get(TODAY_PAGE).status_code == 404


def answer(user: User, acme: Party, choice: str, **more: Any) -> Any:
    action = Suggestion.objects.get(party=acme).action
    return logged_in(user).post(reverse("insight:answer", args=[acme.pk]), {"action": action, "choice": choice}, **more)


@pytest.mark.parametrize("choice", ["done", "not_now", "wrong"])
def test_an_answered_suggestion_rests_and_its_undo_brings_it_back(acme: Party, alice: User, choice: str) -> None:
    told = answer(alice, acme, choice, headers={"HX-Request": "true"})

    assert "undo" in told.headers["HX-Trigger"]
    assert "acme" not in logged_in(alice).get(TODAY_PAGE).content.decode()
    given = Answer.objects.get()
    assert (given.by, given.choice) == (alice, choice)
    assert given.shown["worth"] > 0

    logged_in(alice).post(reverse("insight:undoing", args=[given.pk]))
    assert "acme" in logged_in(alice).get(TODAY_PAGE).content.decode()
    assert Entry.objects.filter(verb="insight.answer_undone", subject=f"party:{acme.pk}").exists()


def test_a_rested_suggestion_returns_when_its_time_is_over(
    acme: Party, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(alice, acme, "not_now")
    monkeypatch.setattr("guanxi.insight.views.today.now", lambda: TODAY + timedelta(days=8))

    assert "acme" in logged_in(alice).get(TODAY_PAGE).content.decode()


def test_nobody_answers_for_customers_whose_suggestions_they_may_not_see(
    acme: Party, alice: User, bob: User, mallory: User, carol: User
) -> None:
    for stranger in (mallory, carol, bob):  # he may read her customers, but does not work through them
        assert answer(stranger, acme, "done").status_code == 404
    assert not Answer.objects.exists()


def test_nobody_undoes_another_ones_answer(acme: Party, alice: User, sue: User) -> None:
    answer(alice, acme, "done")
    assert logged_in(sue).post(reverse("insight:undoing", args=[Answer.objects.get().pk])).status_code == 404
    assert Answer.objects.exists()


def test_who_heard_from_us_three_times_is_left_in_peace(acme: Party, alice: User) -> None:
    for number in range(3):
        Event.objects.create(
            party=acme, source_record=acme.source_records.get(), kind="customer.call_logged", direction="out",
            channel="call", at=TODAY - timedelta(days=number + 1),
        )  # fmt: skip
    refreshed(at=TODAY + timedelta(minutes=1))

    assert Suggestion.objects.get(party=acme).action == "silence"
    assert "left in peace" in logged_in(alice).get(TODAY_PAGE).content.decode()


def test_the_customer_page_is_given_the_next_action_with_its_reason(acme: Party, alice: User, carol: User) -> None:
    address = reverse("insight:next-action", args=[acme.pk])

    assert "At stake" in logged_in(alice).get(address).content.decode()
    assert logged_in(carol).get(address).status_code == 404


def test_a_tag_explains_itself_in_the_customers_own_figures(acme: Party, alice: User) -> None:
    key = Reading.objects.get(party=acme).tags[0]

    page = logged_in(alice).get(reverse("insight:tag", args=[acme.pk, key])).content.decode()

    assert "<dd>" in page
    assert logged_in(alice).get(reverse("insight:tag", args=[acme.pk, "top_hundredth"])).status_code == 404


def test_before_anything_is_measured_the_loop_says_so(company: object, sue: User, alice: User, mallory: User) -> None:
    assert "No programme has shown an effect yet" in logged_in(sue).get(reverse("insight:loop")).content.decode()
    for stranger in (alice, mallory):
        assert logged_in(stranger).get(reverse("insight:loop")).status_code == 404


def test_the_loop_and_the_verdict_show_a_replay_as_a_replay(acme: Party, sue: User, mallory: User) -> None:
    start = TODAY - timedelta(days=60)
    replay = open_programme(name="Replay", control_share=0.5, by=sue, at=start, kind="replay")
    units = units_of(Party.objects.all())
    assign(programme=replay, units=units, at=start)
    expose(programme=replay, units=units, at=start)
    close_programme(programme=replay, by=sue, at=TODAY)
    measure(programme=replay, at=TODAY)

    loop = logged_in(sue).get(reverse("insight:loop")).content.decode()
    verdict = logged_in(sue).get(reverse("insight:programme", args=[replay.pk])).content.decode()

    assert "Replays of the past" in loop
    assert "nobody was treated" in verdict
    assert "What this does not claim" in verdict
    assert "fair split" in verdict
    rows = logged_in(sue).get(reverse("insight:assignments", args=[replay.pk]) + "?arm=control")
    assert rows.status_code == 200
    assert logged_in(mallory).get(reverse("insight:programme", args=[replay.pk])).status_code == 404


@pytest.mark.parametrize("name", ["closure", "measurement"])
def test_who_only_reads_the_loop_neither_measures_nor_declares_an_end(
    name: str, company: object, history: Store, max_: User, ann: User
) -> None:
    opened = open_programme(name="Autumn", control_share=0.5, by=max_, at=TODAY)
    page, address = (reverse(f"insight:{each}", args=[opened.pk]) for each in ("programme", name))

    assert address not in logged_in(ann).get(page).content.decode()
    assert logged_in(ann).post(address).status_code == 404
    assert not opened.verdicts.exists()
    assert address in logged_in(max_).get(page).content.decode()
    assert logged_in(max_).post(address).status_code == 302
    assert opened.verdicts.exists()


def test_who_declares_an_end_stands_beside_it(company: object, history: Store, sue: User) -> None:
    opened = open_programme(name="Autumn", control_share=0.5, by=sue, at=TODAY)

    assert logged_in(sue).post(reverse("insight:closure", args=[opened.pk])).status_code == 302
    opened.refresh_from_db()
    assert opened.closure.by == sue


def test_a_segment_is_built_from_the_lists_conditions_and_counted(acme: Party, max_: User, alice: User) -> None:
    client, where = logged_in(max_), "?where=orders:at_least:10"
    counted = client.get(reverse("insight:preview") + where).content.decode()
    saved = client.post(reverse("insight:new-segment") + where, {"name": "Regulars"})

    assert "31 customers" in counted
    segment = Segment.objects.get()
    assert saved.url == reverse("insight:segment", args=[segment.pk])
    assert segment.conditions == [["orders", "at_least", 10.0]]
    assert (segment.made_by, segment.made_at) == (max_, TODAY)
    page = client.get(saved.url).content.decode()
    assert "31 customers" in page
    assert "where=orders" in page
    assert logged_in(alice).post(reverse("insight:new-segment") + where, {"name": "X"}).status_code == 404


def test_a_segments_count_respects_what_a_colleague_may_see(acme: Party, max_: User, alice: User) -> None:
    segment = Segment.objects.create(name="Regulars", conditions=[["orders", "at_least", 1]], made_at=TODAY)

    shown = logged_in(alice).get(reverse("insight:segment-count", args=[segment.pk])).content.decode()

    assert "1 customer" in shown
    assert "31 customers" in logged_in(max_).get(reverse("insight:segment-count", args=[segment.pk])).content.decode()


def test_two_segments_cannot_have_one_name(acme: Party, max_: User) -> None:
    Segment.objects.create(name="Regulars", conditions=[], made_at=TODAY)

    refused = logged_in(max_).post(reverse("insight:new-segment"), {"name": "Regulars"})

    assert refused.status_code == 422
    assert "Another segment is called so" in refused.content.decode()


@pytest.mark.parametrize(
    "condition",
    [["shoe_size", "is", 3], ["owner", "in", ["x"]], ["orders", "at_least", "inf"], ["last_order", "within", 1e300]],
)
def test_a_segment_that_nothing_understands_says_so_and_stands(
    condition: list[object], acme: Party, max_: User
) -> None:
    segment = Segment.objects.create(name="Old", conditions=[condition], made_at=TODAY)
    client = logged_in(max_)

    assert client.get(reverse("insight:segments")).status_code == 200
    assert "finds nobody" in client.get(reverse("insight:segment", args=[segment.pk])).content.decode()


def test_insight_answers_in_sentences_and_models_say_when_none_was_fitted(acme: Party, ann: User, bob: User) -> None:
    client = logged_in(ann)

    assert "strongest month" in client.get(reverse("insight:overview")).content.decode()
    models = client.get(reverse("insight:models")).content.decode()
    assert "So we use it" in models
    assert "Overdue" in client.get(reverse("insight:tags")).content.decode()
    assert logged_in(bob).get(reverse("insight:overview")).status_code == 404


def test_only_who_may_refresh_can_ask_for_it(company: object, sue: User, alice: User) -> None:
    address = reverse("insight:refreshing")

    assert "Refresh now" in logged_in(sue).get(address).content.decode()
    assert "Refresh now" not in logged_in(alice).get(address).content.decode()
    assert logged_in(alice).post(address).status_code == 404
    assert logged_in(sue).post(address).status_code == 302
