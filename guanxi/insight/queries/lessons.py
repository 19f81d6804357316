"""What a programme that has ended has taught, in a sentence."""

from typing import Any

from django.utils.translation import gettext as _

from guanxi.foundation.ui import formats
from guanxi.insight.models import Programme, Verdict
from guanxi.insight.queries.loop import Line

Conclusion = Verdict.Conclusion


def lesson(line: Line, currency: str) -> str:
    """The lesson of a measured programme; amounts are in the company's `currency`."""
    if line.verdict is None or line.figures is None:
        return ""
    if line.programme.kind == Programme.Kind.REPLAY:
        return _of_replay(line.verdict.conclusion)
    return _of_treatment(line.verdict.conclusion, line.figures, currency)


def _of_replay(conclusion: str) -> str:
    if conclusion == Conclusion.NO_EFFECT:
        return _("Where nobody was treated, the measure finds nothing: it can be trusted.")
    return _(
        "Where nobody was treated, the measure found an effect by chance, as it does once in twenty times: "
        "one test alone is no proof."
    )


def _of_treatment(conclusion: str, figures: dict[str, Any], currency: str) -> str:
    deciding = figures["deciding"]
    told = {
        "days": formats.number(figures["days"]),
        "each": formats.money(deciding["estimate"], currency),
        "low": formats.number(deciding["low"], 2),
        "high": formats.number(deciding["high"], 2),
        "detectable": formats.money(figures["detectable"], currency),
    }
    return _sentence(conclusion) % told


def _sentence(conclusion: str) -> str:
    if conclusion == Conclusion.EARNS:
        return _(
            "Being treated raised what a customer bought in %(days)s days by %(each)s (95%%: %(low)s to %(high)s)."
        )
    if conclusion == Conclusion.LOSES:
        return _("It lost money: %(each)s a customer (95%%: %(low)s to %(high)s) did not pay for its cost.")
    if conclusion == Conclusion.INVALID:
        return _("The arms did not get the customers that were drawn, so nothing can be said.")
    return _(
        "No effect was shown. One of %(detectable)s a customer in %(days)s days would have been found four times in"
        " five."
    )
