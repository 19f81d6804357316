"""A question and its answer as a page shows them."""

from dataclasses import dataclass
from functools import cached_property
from math import floor, log10
from typing import Any

from django.utils.translation import gettext as _

from guanxi.foundation.ui import formats
from guanxi.insight.charts import Option, told_and_happened
from guanxi.integration.transfer.questions.columns import Column
from guanxi.integration.transfer.questions.models import Question


@dataclass(frozen=True)
class Answer:
    """figures: of `insight.telling.told`; empty while there is none."""

    question: Question

    @property
    def figures(self) -> dict[str, Any]:
        figures: dict[str, Any] = self.question.answer
        return figures

    @property
    def signal(self) -> str:
        """found, none, together, leak, or few, as `insight.telling` says; empty while there is no answer."""
        return str(self.figures.get("signal", ""))

    @cached_property
    def columns(self) -> list[Column]:
        return [Column.of(each) for each in self.question.columns]

    @property
    def title(self) -> str:
        """What was asked, for example “y: yes”."""
        asked = self.question.asked
        if not asked:
            return ""
        return _("%(column)s: %(values)s") % {
            "column": self.columns[asked["outcome"]].name,
            "values": ", ".join(asked["yes"]),
        }

    @property
    def order(self) -> str:
        """By what the rows were put into the order of time; empty when they were not."""
        order = self.question.asked.get("order", "")
        return self.columns[int(order)].name if order.isdecimal() else _("the order of the rows") if order else ""

    @property
    def splits(self) -> list[tuple[str, dict[str, Any]]]:
        """What was judged: rows drawn at random, and the latest ones where time is known."""
        at_random, latest = _("drawn at random, a fifth at a time"), _("the latest 30%, from those before")
        found = [(at_random, self.figures["across"])]
        if self.figures["later"]:
            found.append((latest, self.figures["later"]))
        beside = zip((at_random, latest), self.figures.get("boosted", []), strict=False)
        return found + [(_("%(rows)s, by gradient boosting") % {"rows": rows}, split) for rows, split in beside]

    @property
    def judged(self) -> dict[str, Any]:
        """The split that the verdict rests on."""
        found: dict[str, Any] = self.figures["later"] or self.figures["across"]
        return found

    @property
    def boosted(self) -> dict[str, Any] | None:
        """The same rows told by gradient boosting; None in answers from before it was tried."""
        return next(reversed(self.figures.get("boosted", [])), None)

    @property
    def lacks_later(self) -> bool:
        """Time is known, and yet the latest rows hold too few of either outcome."""
        return bool(self.order) and not self.figures["later"]

    @property
    def mean_told(self) -> float:
        """The mean chance, to be held beside the share to whom it happened."""
        curve = self.judged["curve"]
        return float(sum(point["predicted"] * point["units"] for point in curve) / self.judged["units"])

    @property
    def chart(self) -> Option:
        return told_and_happened(self.judged["curve"])

    @property
    def left_out(self) -> list[str]:
        """Columns that a colleague left out."""
        return [self.columns[place].name for place in self.question.asked["left_out"]]

    @property
    def unusable(self) -> list[str]:
        """Columns that tell nothing of other rows."""
        outcome = self.question.asked["outcome"]
        return [each.name for each in self.columns if not each.is_known and each.place != outcome]

    @property
    def terms(self) -> list[tuple[str, str]]:
        """Each column that moves the score, and how, as a sentence."""
        return [(term["column"], _sentence(term)) for term in self.figures["terms"]]


def answer_of(question: Question) -> Answer:
    """As it is shown."""
    return Answer(question)


def _sentence(term: dict[str, Any]) -> str:
    return _of_levels(term) if "levels" in term else _of_number(term)


def _of_levels(term: dict[str, Any]) -> str:
    levels = term["levels"]
    said = "; ".join(_odds(each["name"], each["factor"]) for each in levels)
    if term.get("of", 0) <= len(levels):
        return said
    ends = _("%(said)s (the highest and the lowest, %(shown)s of %(all)s values)")
    return ends % {"said": said, "shown": len(levels), "all": formats.number(term["of"])}


def _of_number(term: dict[str, Any]) -> str:
    said = _("%(spread)s above the mean of %(mean)s (one standard deviation): %(factor)s times the odds") % {
        "spread": _figure(term["spread"]),
        "mean": _figure(term["mean"]),
        "factor": _factor(term["factor"]),
    }
    return f"{said}; {_odds('', term['blank'])}" if term.get("blank") else said


def _odds(value: str, factor: float) -> str:
    return _("%(value)s: %(factor)s times the odds") % {"value": value or _("(empty)"), "factor": _factor(factor)}


def _factor(value: float) -> str:
    return formats.number(value, 2)


def _figure(value: float) -> str:
    """Three digits that count, and whole numbers in full."""
    if not value or not 1e-6 < abs(value) < 1e15:
        return f"{value:.3g}".replace("-", formats.MINUS)
    return formats.number(value, max(2 - floor(log10(abs(value))), 0))
