"""Cards of methods that are judged by any measure: which is used, and what is said where none is."""

from collections.abc import Sequence

import pytest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guanxi.foundation.accounts.models import User
from guanxi.insight import questions
from guanxi.insight.models import ModelCard, Refresh
from guanxi.insight.queries import cards
from guanxi.insight.questions import Measure, Question
from guanxi.insight.refresh.cards import Tried, write_cards
from guanxi.insight.refresh.folder import Folder
from guanxi.insight.refresh.work import Work
from guanxi.insight.templatetags.insight import chance, parameter
from tests.insight.facts import TODAY
from tests.world import logged_in

pytestmark = pytest.mark.django_db


def said(text: str) -> Promise:
    return gettext_lazy(text)


RANKED = Question(
    key="ranked",
    sentence=said("Who will whistle?"),
    judged_by=Measure(
        key="auc", name=said("Ranking"), said=said("ranking"), meaning=said("0.5 is a guess."), digits=2,
        more_is_better=True,
    ),
    unit="share",
    of_baseline=said("The list shows the silence."),
    no_signal=said("Nobody can tell who whistles."),
)  # fmt: skip
MODEL = Tried(method="model", figures={"auc": 0.81}, bins=[{"customers": 9, "forecast": 0.25, "actual": 0.2}])
PLAIN = Tried(method="plain", figures={"auc": 0.7}, is_baseline=True)
WORSE = Tried(method="worse", figures={"auc": 0.6}, is_baseline=True)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "QUESTIONS", (RANKED,))
    monkeypatch.setattr(cards, "QUESTIONS", (RANKED,))


def tried(methods: Sequence[Tried], *, used: str | None) -> None:
    run = Refresh.objects.create(as_of=TODAY, started_at=TODAY, published_at=TODAY)
    for _twice in range(2):
        write_cards(
            Work(run, Folder.of(run), TODAY), "ranked", methods, used=used, sample={"customers": 90, "horizon": 30}
        )


def page(user: User) -> str:
    return " ".join(logged_in(user).get(reverse("insight:models")).content.decode().split())


def of_model(user: User) -> str:
    card = ModelCard.objects.get(model="model")
    return " ".join(logged_in(user).get(reverse("insight:model", args=[card.pk])).content.decode().split())


def test_more_may_be_better_and_the_best_baseline_stands_beside(ann: User) -> None:
    tried([WORSE, PLAIN, MODEL], used="model")

    shown = page(ann)
    assert "model beats the plain forecast (plain): its ranking is 0.81, against 0.70" in shown
    assert shown.index(">model<") < shown.index(">plain<") < shown.index(">worse<")
    assert "0.5 is a guess." in shown
    assert "Its ranking is 0.81; the plain forecast has 0.70." in of_model(ann)
    assert "25%" in of_model(ann)


def test_where_the_baseline_wins_the_page_says_what_is_shown_instead(ann: User) -> None:
    tried([PLAIN, Tried(method="model", figures={"auc": 0.69})], used="plain")

    assert "the plain forecast (plain) does better than model: its ranking is 0.70, against 0.69" in page(ann)
    assert "The list shows the silence." in page(ann)
    assert "is not used: another did better" in of_model(ann)
    assert "<gx-chart" not in of_model(ann), "no tenths were kept"


def test_no_signal_is_said_in_words_and_no_method_is_used(ann: User) -> None:
    tried([PLAIN, Tried(method="model", figures={"auc": float("nan")})], used=None)

    assert "Nobody can tell who whistles." in page(ann)
    assert "So we use it" not in page(ann)
    assert "Nobody can tell who whistles." in of_model(ann)


def test_a_card_of_an_older_version_is_still_read(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    run = Refresh.objects.create(as_of=TODAY, started_at=TODAY, published_at=TODAY)
    plain = {"mae": 2.5, "is_baseline": True, "total": 90.0, "total_error": -0.1, "top_decile_share": None}
    for method, is_used in (("model", False), ("same_rate", True)):
        ModelCard.objects.create(
            refresh=run, question="expected_orders", model=method, version="1", is_used=is_used,
            sample={"customers": 40, "horizon": 100},
            holdout={"model": plain | {"is_baseline": is_used}, "baseline": plain, "actual": 123.0, "bins": [], "coverage": 0.8},
        )  # fmt: skip

    assert "123" in page(ann)
    assert "2.500" in of_model(ann)


def test_a_measure_says_how_sure_it_is_and_when_the_difference_may_be_chance(ann: User) -> None:
    sure = Tried(method="model", figures={"auc": 0.81, "auc_low": 0.68, "auc_high": 0.94})
    tried([sure, PLAIN], used="model")

    assert "0.81 (95%: 0.68–0.94)" in page(ann)
    assert "may be chance" in page(ann)
    assert "95%: 0.68–0.94" in of_model(ann)


def test_nothing_is_said_of_chance_where_the_interval_lies_above_the_other(ann: User) -> None:
    tried([Tried(method="model", figures={"auc": 0.81, "auc_low": 0.75, "auc_high": 0.9}), PLAIN], used="model")

    assert "may be chance" not in page(ann)


def test_a_lead_in_errors_stands_with_its_interval(ann: User) -> None:
    behind = {"behind": 0.11, "behind_low": -0.02, "behind_high": 0.24}
    tried([MODEL, Tried(method="plain", is_baseline=True, figures={"auc": 0.7} | behind)], used="model")

    assert "errs less by 0.11 (95%: −0.02 to 0.24). The difference between the two may be chance." in page(ann)


def test_where_the_chances_lean_the_tenths_are_named(ann: User) -> None:
    bins = [
        {"customers": 10, "forecast": 0.2, "actual": 0.21, "low": 0.1, "high": 0.3},
        {"customers": 10, "forecast": 0.7, "actual": 0.5, "low": 0.4, "high": 0.6},
        {"customers": 10, "forecast": 0.9, "actual": 0.6, "low": 0.5, "high": 0.7},
    ]
    tried([Tried(method="model", figures={"auc": 0.81}, bins=bins), PLAIN], used="model")

    for shown in (page(ann), of_model(ann)):
        assert "of its tenths 2, 3 it told 80%, and 55% came, too few" in shown
        assert "too many" not in shown


@pytest.mark.parametrize(("share", "text"), [(0.0004, "below 1%"), (0.9996, "above 99%"), (0.385, "38%"), (0.01, "1%")])
def test_a_chance_is_never_rounded_to_certainty(share: float, text: str) -> None:
    assert chance(share) == text


def test_parameters_are_called_by_words() -> None:
    assert parameter("gamma_gamma.p") == "gamma-gamma: p"
    assert parameter("silence") == "days since the last purchase"
