"""Model cards of the last published refresh, and how the same models did in earlier ones."""

from dataclasses import dataclass

from guanxi.insight.models import ModelCard

DRIFT = 12


@dataclass(frozen=True)
class Question:
    """One question and the methods that competed for it, best first."""

    key: str
    cards: list[ModelCard]

    @property
    def used(self) -> ModelCard | None:
        return next((card for card in self.cards if card.is_used), None)

    @property
    def best_other(self) -> ModelCard | None:
        """The nearest competitor of the one that is used."""
        return next((card for card in self.cards if not card.is_used), None)


def questions() -> list[Question]:
    """By question, each with its methods ordered by error."""
    latest = ModelCard.objects.exclude(refresh__published_at=None).order_by("-refresh").values("refresh")[:1]
    cards = sorted(ModelCard.objects.filter(refresh__in=latest).select_related("refresh"), key=_error)
    keys = sorted({card.question for card in cards})
    return [Question(key, [card for card in cards if card.question == key]) for key in keys]


def drift(card: ModelCard) -> list[ModelCard]:
    """The same question and method in the last published refreshes, newest first."""
    same = ModelCard.objects.filter(question=card.question, model=card.model).exclude(refresh__published_at=None)
    return list(same.select_related("refresh").order_by("-refresh")[:DRIFT])


def _error(card: ModelCard) -> float:
    return float(card.holdout["model"]["mae"])
