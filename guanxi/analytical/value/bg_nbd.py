"""BG/NBD: Fader, Hardie & Lee (2005), "Counting your customers" the easy way, Marketing Science 24, 275-284."""

from dataclasses import dataclass
from typing import cast

from guanxi.analytical.value.dropout import DropoutModel, fit_dropout
from guanxi.analytical.value.histories import Statistics


@dataclass(frozen=True, slots=True)
class BgNbd(DropoutModel):
    """Dropout only after a repeat purchase: whoever bought once counts as active for ever."""

    chances = 0


def fit_bg_nbd(statistics: Statistics) -> BgNbd:
    """The likeliest BG/NBD. NotEnoughDataError without a customer; runaway parameters stand in the report."""
    return cast(BgNbd, fit_dropout(BgNbd, statistics))
