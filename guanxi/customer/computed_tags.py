"""The names of computed tags. Insight declares what it computes; lists and pages can then ask for it and explain it.

Imports no model, so that an app can declare its tags in `apps.py`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Declared:
    """A computed tag: its key in the readings, its name, and its definition as a sentence.

    `why` names the address that tells why a customer has it; it takes the customer's number and the key.
    """

    key: str
    name: Text
    definition: Text
    why: str = ""


_declared: dict[str, Declared] = {}


def declare(key: str, name: Text, definition: Text, why: str = "") -> None:
    """Make a computed tag known; the last one of a key counts."""
    _declared[key] = Declared(key, name, definition, why)


def declared() -> list[Declared]:
    """All computed tags, in the order of declaration."""
    return list(_declared.values())


def explained(keys: list[str]) -> list[Declared]:
    """The tags of these keys, with definitions; one that nobody declares any more is shown by its key."""
    return [_declared.get(key, Declared(key, key, "")) for key in keys]
