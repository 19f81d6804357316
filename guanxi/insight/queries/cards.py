"""The model cards that stand, and how the same models did in earlier refreshes."""

from dataclasses import dataclass
from functools import partial
from math import inf

from django.utils.translation import gettext_lazy

from guanxi.foundation.ui import formats
from guanxi.insight.models import ModelCard, Refresh, RefreshStep
from guanxi.insight.questions import QUESTIONS, Measure, Question

DRIFT = 12


@dataclass(frozen=True)
class Contest:
    """One question and the methods that competed for it, best first."""

    question: Question
    cards: list[ModelCard]

    @property
    def used(self) -> ModelCard | None:
        """None where no method told enough to be shown."""
        return next((card for card in self.cards if card.is_used), None)

    @property
    def tried(self) -> str:
        """On what the methods were tried."""
        return self.question.tried(self.cards[0].sample)

    @property
    def leaning(self) -> list[str]:
        """Where the chances of the method used are too high or too low."""
        return leaning(self.used) if self.used else []

    @property
    def best_other(self) -> ModelCard | None:
        """The nearest competitor of the one that is used; of a model the best baseline."""
        against = self.used is not None and not self.used.is_baseline
        return next((card for card in self.cards if not card.is_used and card.is_baseline is against), None)


def contests() -> list[Contest]:
    """By question, each with its methods ordered by its own measure."""
    standing = _standing()
    cards = ModelCard.objects.filter(refresh__in=standing.values()).select_related("refresh")
    found = [
        (each, [card for card in cards if (card.question, card.refresh_id) == (each.key, standing.get(each.made_by))])
        for each in QUESTIONS
    ]
    return [Contest(each, sorted(cards, key=partial(_place, by=each.judged_by))) for each, cards in found if cards]


def _standing() -> dict[str, int]:
    """On which refresh the cards hang that stand: on the last published, or where a step apart from it ran last."""
    apart = {each.made_by for each in QUESTIONS if each.made_by}
    found = dict(RefreshStep.objects.filter(name__in=apart).order_by("refresh").values_list("name", "refresh"))
    published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
    return found | ({"": published.pk} if published else {})


def leaning(card: ModelCard) -> list[str]:
    """Where the chances told lie outside what came with its interval: too high in these tenths, too low in those."""
    bins = [dict(each) | {"tenth": number} for number, each in enumerate(card.holdout["bins"], 1) if "low" in each]
    high = [each for each in bins if each["forecast"] > each["high"]]
    low = [each for each in bins if each["forecast"] < each["low"]]
    too_high = gettext_lazy("The chances lean: of its tenths %(tenths)s it told %(told)s, and %(came)s came, too few.")
    too_low = gettext_lazy("The chances lean: of its tenths %(tenths)s it told %(told)s, and %(came)s came, too many.")
    return [_lean(some, str(said)) for some, said in ((high, too_high), (low, too_low)) if some]


def _lean(bins: list[dict[str, float]], said: str) -> str:
    customers = sum(each["customers"] for each in bins)
    told, came = (sum(each["customers"] * each[name] for each in bins) for name in ("forecast", "actual"))
    tenths = ", ".join(formats.number(each["tenth"], 0) for each in bins)
    return said % {
        "tenths": tenths,
        "told": formats.percent(told / customers),
        "came": formats.percent(came / customers),
    }


def drift(card: ModelCard) -> list[ModelCard]:
    """The same question and method in the last published refreshes, newest first."""
    same = ModelCard.objects.filter(question=card.question, model=card.model).exclude(refresh__published_at=None)
    return list(same.select_related("refresh").order_by("-refresh")[:DRIFT])


def _place(card: ModelCard, *, by: Measure) -> tuple[float, bool]:
    """Among equals the plain one comes first, and who has no figure last."""
    figure = card.figure(by.key)
    if figure is None:
        return inf, True
    return (-figure if by.more_is_better else figure, not card.is_baseline)
