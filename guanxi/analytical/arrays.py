"""Columns of numbers, checked once at the door so that formulas need not check again."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guanxi.analytical.errors import AnalysisError

Array: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]


def column(values: ArrayLike, name: str, *, lowest: float | None = None) -> Array:
    """`values` as a one-dimensional float array of finite numbers, none below `lowest`; AnalysisError otherwise."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise AnalysisError(f"{name} must be one-dimensional, it has {array.ndim} dimensions.")
    if not np.isfinite(array).all():
        raise AnalysisError(f"{name} holds numbers that are missing or infinite.")
    if lowest is not None and array.size and array.min() < lowest:
        raise AnalysisError(f"{name} holds {array.min():g}; the smallest meaningful value is {lowest:g}.")
    return array


def same_length(**columns: NDArray[Any]) -> None:
    """Refuse columns of different lengths: they cannot describe the same customers."""
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise AnalysisError(f"Columns of different lengths: {lengths}.")


def dot(left: Array, right: Array) -> float:
    """Sum of products. Long vectors never go to BLAS: its threads wait spinning for each other on a busy machine."""
    return float(np.einsum("i,i->", left, right))


def positive(value: float, name: str) -> float:
    """`value` if it is a finite number above zero; AnalysisError otherwise."""
    if not (np.isfinite(value) and value > 0):
        raise AnalysisError(f"{name} must be above zero and finite, it is {value:g}.")
    return value


def proper_share(value: float, name: str) -> float:
    """`value` if it lies between 0 and 1, and can be told from both; AnalysisError otherwise."""
    if not 0.0 < 1.0 - value < 1.0:
        raise AnalysisError(f"{name} must lie between 0 and 1, it is {value:g}.")
    return value


def generator(seed: int, *purpose: int) -> np.random.Generator:
    """Random numbers for one purpose, independent of others of this seed and of the caller's own."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=purpose))
