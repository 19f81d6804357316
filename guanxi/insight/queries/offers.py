"""What is worth offering to one customer, each with its reason as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.models import Party
from guanxi.foundation.ui import formats
from guanxi.insight.models import Need, Offer
from guanxi.insight.offering import last_made
from guanxi.insight.queries.needs import Due

Kind = Offer.Kind


@dataclass(frozen=True)
class Offered:
    """An offer and why it is one."""

    offer: Offer
    why: str


@dataclass(frozen=True)
class Offering:
    """What one customer will buy again, and what is new to it. `questions`: how the methods behind both did."""

    day: date
    again: list[Offered]
    new: list[Offered]
    questions: dict[str, dict[str, Any]]


def offering(party: Party) -> Offering | None:
    """None before the first making of offers."""
    made = last_made()
    if made is None:
        return None
    day = date.fromisoformat(made.facts["day"])
    offers = Offer.objects.filter(party=party).select_related("article", "because").order_by("rank")
    due = {each.article: Due(each, each.article, day).why for each in Need.objects.filter(party=party)}
    found = [Offered(each, _why(each, due)) for each in offers]
    again = [each for each in found if each.offer.kind == Kind.REPEAT]
    new = [each for each in found if each.offer.kind != Kind.REPEAT]
    return Offering(day, again, new, made.facts["questions"])


def _why(offer: Offer, due: Mapping[str, str]) -> str:
    """What is due again has one usual cycle on all pages: that of its need, not the mean of the days between."""
    if offer.last_on is not None:
        return due.get(offer.article.sku) or _bought(offer, offer.last_on)
    others = _share(offer.others)
    if offer.because is None:
        return _("%(share)s of all customers bought it.") % {"share": others}
    return _("%(share)s of those who bought %(article)s bought it, of the others %(others)s.") % {
        "share": _share(offer.confidence),
        "article": offer.because.name,
        "others": others,
    }


def _bought(offer: Offer, last: date) -> str:
    facts = {"days": offer.days, "last": formats.day(last)}
    if offer.every_days is not None:
        facts["every"] = formats.number(offer.every_days, 0)
        return _("Bought on %(days)s days, usually every %(every)s days; last on %(last)s.") % facts
    told = ngettext("Bought on %(days)s day, %(last)s.", "Bought on %(days)s days, last on %(last)s.", offer.days or 0)
    return told % facts


def _share(share: float | None) -> str:
    """In whole percent, below one in tenths."""
    return formats.percent(share or 0.0, 0 if (share or 0.0) >= 0.0095 else 1)
