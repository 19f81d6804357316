"""The one form of all segments: axes with cut points, and a name for each cell; so that a product can say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One figure of every customer and where it is cut. bands: names from low to high, one more than cuts.

    Who stands exactly on a cut belongs to the band above it.
    """

    name: str
    unit: str
    cuts: tuple[float, ...]
    bands: tuple[str, ...]
    values: Array

    @classmethod
    def of(cls, name: str, values: ArrayLike, cuts: Sequence[float], bands: Sequence[str], *, unit: str = "") -> Axis:
        """A checked axis. AnalysisError when cuts do not ascend, bands do not fit or a value is missing."""
        edges = column(np.asarray(cuts, dtype=np.float64), f"cuts of {name}")
        if len(bands) != len(edges) + 1:
            raise AnalysisError(f"{name} has {len(edges)} cuts, so it needs {len(edges) + 1} bands, not {len(bands)}.")
        if (np.diff(edges) <= 0).any():
            raise AnalysisError(f"The cuts of {name} must ascend: {', '.join(f'{edge:g}' for edge in edges)}.")
        return cls(name, unit, tuple(edges.tolist()), tuple(bands), column(values, name))

    @property
    def band(self) -> Integers:
        """Number of each customer's band."""
        return np.asarray(np.searchsorted(self.cuts, self.values, side="right"), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a customer is where it is on one axis: its figure, the band, and the band's ends (infinite when open)."""

    axis: str
    unit: str
    value: float
    band: str
    from_: float
    below: float


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """A segment for every customer, in the order of the axes. segment: number of its name in `names`."""

    method: str
    names: tuple[str, ...]
    segment: Integers
    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        return len(self.segment)

    @property
    def counts(self) -> dict[str, int]:
        """How many customers each segment has, the empty ones too."""
        found = np.bincount(self.segment, minlength=len(self.names))
        return dict(zip(self.names, (int(each) for each in found), strict=True))

    def of(self, row: int) -> str:
        """The name of one customer's segment."""
        return self.names[int(self.segment[row])]

    def why(self, row: int) -> tuple[Reason, ...]:
        """One reason an axis for one customer."""
        return tuple(_reason(axis, row) for axis in self.axes)


def _reason(axis: Axis, row: int) -> Reason:
    value = float(axis.values[row])
    band = int(np.searchsorted(axis.cuts, value, side="right"))
    ends = (-np.inf, *axis.cuts, np.inf)
    return Reason(axis.name, axis.unit, value, axis.bands[band], ends[band], ends[band + 1])


def grid(method: str, rows: Axis, columns: Axis, cells: Sequence[Sequence[str]]) -> Segments:
    """Two axes crossed. cells: for each band of `rows`, low to high, the names for the bands of `columns`, low to high.

    A name may stand in more than one cell. AnalysisError when the cells do not fit the bands.
    """
    if len(cells) != len(rows.bands) or any(len(row) != len(columns.bands) for row in cells):
        raise AnalysisError(f"{method} needs {len(rows.bands)} rows of {len(columns.bands)} names.")
    same_length(rows=rows.values, columns=columns.values)
    names = tuple(dict.fromkeys(name for row in cells for name in row))
    numbers = np.array([[names.index(name) for name in row] for row in cells], dtype=np.int64)
    return Segments(method, names, numbers[rows.band, columns.band], (rows, columns))


def quantile_cuts(values: ArrayLike, shares: Sequence[float] = (0.5,)) -> tuple[float, ...]:
    """Cut points that leave about the given shares of customers below them; equal cuts count once.

    When many customers have one value the shares are only near. Such cuts move with the other customers: store them,
    and give them again at the next date, when movement between segments shall mean that the customer has moved.
    """
    figures = column(values, "values")
    if not len(figures):
        raise NotEnoughDataError("There is no customer to cut by.")
    if not all(0 < share < 1 for share in shares):
        raise AnalysisError("Shares of customers lie between 0 and 1.")
    return tuple(np.unique(np.quantile(figures, sorted(shares))).tolist())
