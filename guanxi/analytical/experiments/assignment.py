"""Who gets what: by a salted hash of the customer's id, so the answer is the same everywhere and needs no storage.

u = the first 13 hexadecimal digits of SHA-256 of "salt:unit" in UTF-8, over 16¹³: a number in [0, 1) with 52 bits,
equal on every platform and computable in SQL as well. Different salts give independent numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from guanxi.analytical.arrays import Array
from guanxi.analytical.errors import AnalysisError

HOLDOUT = "holdout"
BITS = 52  # thirteen hexadecimal digits
UnitId = int | str


@dataclass(frozen=True, slots=True)
class Arm:
    """A treatment, or the control, and the share of the programme's customers who shall get it."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Design:
    """The arms of one programme, in an order that must not change, and the hold-out common to all programmes.

    salt: the programme's own. holdout_salt: the same in all programmes of a period, so the same customers are held out.
    Shares are of the customers not held out and sum to 1. AnalysisError when they do not.
    """

    salt: str
    arms: tuple[Arm, ...]
    holdout_salt: str = ""
    holdout_share: float = 0.0

    def __post_init__(self) -> None:
        names = [arm.name for arm in self.arms]
        if not names or len(set(names)) < len(names) or HOLDOUT in names:
            raise AnalysisError(f"Arms need different names, none of them '{HOLDOUT}': {names}.")
        if min(arm.share for arm in self.arms) < 0 or abs(sum(arm.share for arm in self.arms) - 1.0) > 1e-9:
            raise AnalysisError("The shares of the arms must be 0 or more and sum to 1.")
        if not 0 <= self.holdout_share < 1:
            raise AnalysisError(f"The hold-out must be a share from 0 to below 1, it is {self.holdout_share:g}.")
        if self.holdout_share and (not self.holdout_salt or self.holdout_salt == self.salt):
            raise AnalysisError("A hold-out needs a salt of its own, or it would always be the same arm's customers.")


def uniform(salt: str, unit: UnitId) -> float:
    """The unit's number in [0, 1) under this salt."""
    digest = sha256(f"{salt}:{unit}".encode()).digest()
    return float((int.from_bytes(digest[:7], "big") >> 4) / 2**BITS)


def uniforms(salt: str, units: Iterable[UnitId]) -> Array:
    """`uniform` of each unit, in order; about a million a second."""
    return np.fromiter((uniform(salt, unit) for unit in units), dtype=np.float64)


def assign(design: Design, unit: UnitId) -> str:
    """The name of the unit's arm, or 'holdout'."""
    if design.holdout_share and uniform(design.holdout_salt, unit) < design.holdout_share:
        return HOLDOUT
    names, ends = _cuts(design)
    return names[int(np.searchsorted(ends, uniform(design.salt, unit), side="right"))]


def assign_all(design: Design, units: Iterable[UnitId]) -> NDArray[np.str_]:
    """`assign` of each unit, in order."""
    units = list(units)
    names, ends = _cuts(design)
    arms = np.array([*names, HOLDOUT])[np.searchsorted(ends, uniforms(design.salt, units), side="right")]
    if design.holdout_share:
        arms[uniforms(design.holdout_salt, units) < design.holdout_share] = HOLDOUT
    return arms


def _cuts(design: Design) -> tuple[list[str], Array]:
    """Names of the arms and the inner borders between them; the last arm reaches to 1 whatever rounding does."""
    return [arm.name for arm in design.arms], np.cumsum([arm.share for arm in design.arms])[:-1]
