"""The kinds of event. Each app declares its own when it starts; what is not declared cannot be written or read.

A kind is a frozen dataclass: its fields are the shape of the facts, its methods say them in the reader's language.

    @event_kind("service.case_opened", version=1)
    @dataclass(frozen=True)
    class CaseOpened(Happening):
        icon = "case"
        number: str

        def headline(self) -> str:
            return _("Case %(number)s opened") % {"number": self.number}
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from types import NoneType, UnionType
from typing import Any, ClassVar, TypeVar, get_args, get_origin, get_type_hints


class UnknownKind(LookupError):
    """No app has declared this kind and version of event."""


class WrongShape(ValueError):
    """The facts do not have the declared fields, or one has another type."""


@dataclass(frozen=True)
class Happening:
    """Facts of one event. `touches` tells contact with the customer from bookkeeping about the customer.

    `names_channel`: the headline says already by which channel it was.
    """

    icon: ClassVar[str] = "event"
    touches: ClassVar[bool] = True
    names_channel: ClassVar[bool] = False

    def headline(self) -> str:
        """What happened, in a few words."""
        raise NotImplementedError

    def details(self) -> str:
        """What else is worth reading; may be empty."""
        return ""


H = TypeVar("H", bound=Happening)
_kinds: dict[tuple[str, int], type[Happening]] = {}
_names: dict[type[Happening], tuple[str, int]] = {}
_shapes: dict[type[Happening], dict[str, tuple[type, ...]]] = {}


def event_kind(name: str, *, version: int = 1) -> Callable[[type[H]], type[H]]:
    """Declare a kind: `app.past_tense`. Keep old versions declared as long as events of theirs exist."""

    def declare(shape: type[H]) -> type[H]:
        if _kinds.setdefault((name, version), shape).__qualname__ != shape.__qualname__:
            raise ValueError(f"{name} version {version} is declared already")
        _names[shape] = (name, version)
        _shapes[shape] = _types(shape)
        return shape

    return declare


def kind_of(what: Happening) -> tuple[str, int]:
    """Name and version of a happening, after checking its fields."""
    if type(what) not in _names:
        raise UnknownKind(type(what).__name__)
    _check(type(what), asdict(what))
    return _names[type(what)]


def touching_kinds() -> list[str]:
    """The names of the kinds that are contact with the customer."""
    return sorted({name for (name, _version), shape in _kinds.items() if shape.touches})


def read_facts(kind: str, version: int, facts: Mapping[str, Any]) -> Happening:
    """Stored facts as their declared dataclass."""
    shape = _kinds.get((kind, version))
    if shape is None:
        raise UnknownKind(f"{kind} version {version}")
    _check(shape, facts)
    return shape(**facts)


def _check(shape: type[Happening], facts: Mapping[str, Any]) -> None:
    expected = _shapes[shape]
    if wrong := facts.keys() - expected.keys():
        raise WrongShape(f"{shape.__name__} has no {', '.join(sorted(wrong))}")
    needed = {field.name for field in fields(shape) if field.default is field.default_factory}
    if missing := needed - facts.keys():
        raise WrongShape(f"{shape.__name__} needs {', '.join(sorted(missing))}")
    for name, value in facts.items():
        if not isinstance(value, expected[name]):
            raise WrongShape(f"{shape.__name__}.{name} cannot be {value!r}")


def _types(shape: type[Happening]) -> dict[str, tuple[type, ...]]:
    hints = get_type_hints(shape)
    return {field.name: _plain_types(hints[field.name]) for field in fields(shape)}


def _plain_types(hint: Any) -> tuple[type, ...]:
    """The classes a JSON value of this annotation may have; a whole number will do where a fraction may stand."""
    if isinstance(hint, UnionType):
        return tuple(kind for part in get_args(hint) for kind in _plain_types(part))
    plain = get_origin(hint) or hint
    if plain is float:
        return (float, int)
    return (NoneType,) if plain in {None, NoneType} else (plain,)
