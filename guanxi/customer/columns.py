"""Under which names of columns a source tells a field: whoever reads files knows, and registers here.

What a cell says need not be readable, so that a sensitive column is known by how files are read, not by its cells.
"""

from collections.abc import Callable, Collection

# The columns that a source (by its key) tells any of these fields in.
Teller = Callable[[str, Collection[str]], set[str]]

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Adding it twice is adding it once."""
    if teller not in _tellers:
        _tellers.append(teller)


def columns_telling(source: str, fields: Collection[str]) -> set[str]:
    """Every column in which the source tells one of the fields, in any file so far."""
    return {name for teller in _tellers for name in teller(source, fields)} if fields else set()
