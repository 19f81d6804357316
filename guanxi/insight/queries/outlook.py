"""What is to be expected of one customer, and why."""

from dataclasses import dataclass
from math import expm1
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from guanxi.analytical.scoring import Features, Propensity, reasons
from guanxi.insight.queries.explaining import last_folder, row_of, written
from guanxi.insight.queries.freshness import facts_of
from guanxi.insight.tags.figures import Named

SIGNS: dict[str, Named] = {
    "repeats": Named(_("Purchase days after the first"), "count"),
    "silence": Named(_("Days since the last purchase"), "days"),
    "known": Named(_("Days since the first purchase"), "days"),
    "gap": Named(_("Mean days between purchases"), "days"),
    "overdue": Named(_("Silence, in mean gaps"), "count"),
    "worth": Named(_("Sales per purchase day"), "money"),
    "returned": Named(_("Share of sales returned"), "share"),
}
PLAIN = {"returned"}  # the others are logarithms of 1 + x
SLIGHT = 1.1  # what changes the odds by less is not worth a word


@dataclass(frozen=True)
class Sign:
    """One thing known of the customer, and how many times that makes the odds of staying away."""

    name: str
    shown: str
    factor: float

    @property
    def inverse(self) -> float:
        """How many times it makes the odds of coming back."""
        return 1 / self.factor


def signs(party: int) -> list[Sign]:
    """What speaks most for the customer's chance to stay away or against it; empty without the refresh's files."""
    model, folder = facts_of("churn").get("model"), last_folder()
    row = row_of(party, folder.churn) if folder and model else {}
    if model is None or not row:
        return []
    known = {name: row[name] for name in SIGNS}
    features = Features.of({name: [np.nan if value is None else value] for name, value in known.items()})
    found = [
        _sign(each.feature, known[each.feature], each.factor)
        for each in reasons(Propensity.from_dict(model), features, 0)
    ]
    return [each for each in found if max(each.factor, each.inverse) >= SLIGHT]


def _sign(feature: str, value: Any, factor: float) -> Sign:
    named = SIGNS[feature]
    if value is None:
        return Sign(str(named.name), "", factor)
    return Sign(str(named.name), written(value if feature in PLAIN else expm1(value), named.unit), factor)
