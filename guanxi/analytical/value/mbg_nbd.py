"""MBG/NBD: Batislam, Denizel & Filiztekin (2007), Int. Journal of Research in Marketing 24, 201-209."""

from dataclasses import dataclass
from typing import cast

from guanxi.analytical.arrays import Array
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.value.dropout import DropoutModel, fit_dropout
from guanxi.analytical.value.expectation import active_share
from guanxi.analytical.value.histories import Histories, Statistics


@dataclass(frozen=True, slots=True)
class MbgNbd(DropoutModel):
    """Dropout after any purchase, the first one included: one-time buyers can be gone."""

    chances = 1


def fit_mbg_nbd(statistics: Statistics) -> MbgNbd:
    """The likeliest MBG/NBD. NotEnoughDataError without a customer; runaway parameters stand in the report."""
    return cast(MbgNbd, fit_dropout(MbgNbd, statistics))


def probability_alive(model: MbgNbd, histories: Histories) -> Array:
    """Chance that each customer has not dropped out by the as-of date, between 0 and 1.

    Only for the MBG/NBD. The BG/NBD's figure is refused with an AnalysisError: one-time buyers get 1 in it, and on
    CDNOW's full file it ranks who buys again worse than chance (area under the curve 0.32).
    """
    if not isinstance(model, MbgNbd):
        raise AnalysisError("Only the MBG/NBD lets one-time buyers drop out; ask it for the chance to be alive.")
    return active_share(model, histories)
