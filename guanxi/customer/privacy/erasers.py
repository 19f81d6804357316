"""Who else holds data about customers: each app registers what it does when one of them has to be erased.

An eraser may be called again after a kill and must then do the rest. It finds its own way by the subject, because the
rows of the record may be gone by then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject

Counts = dict[str, int]
Erase = Callable[[PrivacyRequest, Subject], Counts]


@dataclass(frozen=True)
class Eraser:
    """`work` is the dotted name of an `Erase`, which answers how much it removed of what; it is imported when needed,
    so that the program starts without what erasing takes. `ground` tells what is kept and why, empty for nothing.

    `order` below 500 runs before the rows of the record go, from 500 on after that.
    """

    name: str
    label: str | Promise
    work: str
    order: int
    ground: str | Promise = ""

    @property
    def erase(self) -> Erase:
        return cast(Erase, import_string(self.work))


_erasers: dict[str, Eraser] = {}


def register(eraser: Eraser) -> None:
    """Add an eraser; the last one of a name counts."""
    _erasers[eraser.name] = eraser


def erasers() -> list[Eraser]:
    return sorted(_erasers.values(), key=lambda each: (each.order, each.name))
