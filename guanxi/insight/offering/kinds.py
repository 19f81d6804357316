"""Whether two articles are of one kind, told from their names: most of the words are the same."""

import re

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Integers

ALIKE = 0.5  # of all words of both
WORDS = re.compile(r"[^\W\d_]{2,}")
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


def words(name: str) -> set[str]:
    """The words of a name; of Chinese, which has no spaces, the characters."""
    return {*WORDS.findall(IDEOGRAPH.sub(" ", name.lower())), *IDEOGRAPH.findall(name)}


def alike(names: list[str], bought: Integers, offered: Integers) -> NDArray[np.bool_]:
    """For each pair of articles."""
    said = _matrix(names)
    count = np.diff(said.indptr)
    shared = np.asarray(said[bought].multiply(said[offered]).sum(axis=1)).ravel()
    together = count[bought] + count[offered] - shared
    return np.asarray(shared >= ALIKE * np.maximum(together, 1))


def _matrix(names: list[str]) -> csr_array:
    """Names in rows, words in columns."""
    said = [sorted(words(name)) for name in names]
    number = {word: at for at, word in enumerate(sorted({word for each in said for word in each}))}
    ends = np.cumsum([0, *(len(each) for each in said)])
    columns = np.array([number[word] for each in said for word in each], dtype=np.int64)
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(names), max(len(number), 1)))
