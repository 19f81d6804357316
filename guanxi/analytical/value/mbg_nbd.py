"""MBG/NBD: Batislam, Denizel & Filiztekin (2007), Int. Journal of Research in Marketing 24, 201-209."""

from dataclasses import dataclass
from typing import cast

from guanxi.analytical.value.dropout import DropoutModel, fit_dropout
from guanxi.analytical.value.histories import Statistics


@dataclass(frozen=True, slots=True)
class MbgNbd(DropoutModel):
    """Dropout after any purchase, the first one included: one-time buyers can be gone."""

    chances = 1


def fit_mbg_nbd(statistics: Statistics) -> MbgNbd:
    """The likeliest MBG/NBD. NotEnoughDataError without a customer; runaway parameters stand in the report."""
    return cast(MbgNbd, fit_dropout(MbgNbd, statistics))
