"""What is to be expected of one customer, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, expm1

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.analytical.scoring import Features, Propensity, contributions
from guanxi.foundation.ui import formats
from guanxi.insight.queries.explaining import last_folder, row_of, written
from guanxi.insight.queries.freshness import facts_of

SLIGHT = 1.1  # what changes the odds by less is not worth a word
Known = Mapping[str, float | None]


@dataclass(frozen=True)
class Sign:
    """Something known of the customer, in a sentence, and how many times it makes the odds of staying away."""

    said: str
    factor: float

    @property
    def inverse(self) -> float:
        """How many times it makes the odds of coming back."""
        return 1 / self.factor


def _rhythm(known: Known) -> str:
    silent = _counted(known["silence"])
    if known["gap"] is None:
        told = ngettext(
            "Silent for %(days)s day since the only purchase",
            "Silent for %(days)s days since the only purchase",
            silent,
        )
        return told % {"days": _whole(silent)}
    told = ngettext(
        "Silent for %(days)s day; the mean gap between purchases, in days, is %(gap)s",
        "Silent for %(days)s days; the mean gap between purchases, in days, is %(gap)s",
        silent,
    )
    return told % {"days": _whole(silent), "gap": _whole(_counted(known["gap"]))}


def _history(known: Known) -> str:
    times = _counted(known["repeats"]) + 1
    told = ngettext(
        "Bought on %(times)s day; days since the first purchase: %(days)s",
        "Bought on %(times)s days; days since the first purchase: %(days)s",
        times,
    )
    return told % {"times": _whole(times), "days": _whole(_counted(known["known"]))}


def _size(known: Known) -> str:
    return _("Buys for %(money)s on a purchase day") % {"money": written(expm1(known["worth"] or 0.0), "money")}


def _returns(known: Known) -> str:
    return _("Returned %(share)s of what was bought") % {"share": formats.percent(known["returned"] or 0.0)}


# What the classifier reads hangs together, so that a single figure of a group says little of its own.
GROUPS: tuple[tuple[tuple[str, ...], Callable[[Known], str]], ...] = (
    (("silence", "gap", "overdue"), _rhythm),
    (("repeats", "known"), _history),
    (("worth",), _size),
    (("returned",), _returns),
)


def signs(party: int) -> list[Sign]:
    """What speaks for the chance to stay away or against it, most telling first; empty without the refresh's files."""
    model, folder = facts_of("churn").get("model"), last_folder()
    row = row_of(party, folder.churn) if folder and model else {}
    if model is None or not row:
        return []
    named = [name for names, _said in GROUPS for name in names]
    features = Features.of({name: [np.nan if row[name] is None else row[name]] for name in named})
    added = contributions(Propensity.from_dict(model), features)
    found = [Sign(said(row), exp(sum(float(added[name][0]) for name in names))) for names, said in GROUPS]
    telling = [each for each in found if max(each.factor, each.inverse) >= SLIGHT]
    return sorted(telling, key=lambda each: -max(each.factor, each.inverse))


@dataclass(frozen=True)
class Contact:
    """What one contact costs, and of how many one must wake the customer to pay for them."""

    cost: float
    contacts: int


def contact_that_pays(at_stake: float | None) -> Contact | None:
    """None where nothing is at stake, no cost is known, or even a sure success costs more than it brings."""
    cost = facts_of("terms").get("contact_cost")
    return Contact(cost, int(at_stake / cost)) if cost and at_stake and at_stake >= cost else None


def _counted(logarithm: float | None) -> int:
    """The number itself, of the logarithm of 1 + a number."""
    return round(expm1(logarithm or 0.0))


def _whole(number: int) -> str:
    return formats.number(number, 0)
