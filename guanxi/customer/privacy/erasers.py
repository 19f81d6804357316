"""Who else holds data about customers: each app registers what it does when one of them has to be erased.

An eraser may be called again after a kill and must then do the rest. It finds its own way by the subject, because the
rows of the record may be gone by then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject

Counts = dict[str, int]


@dataclass(frozen=True)
class Eraser:
    """`erase` answers how much it removed of what; `ground` tells what it keeps and why, empty when it keeps nothing.

    `order` below 500 runs before the rows of the record go, from 500 on after that.
    """

    name: str
    label: str | Promise
    erase: Callable[[PrivacyRequest, Subject], Counts]
    order: int
    ground: str | Promise = ""


_erasers: dict[str, Eraser] = {}


def register(eraser: Eraser) -> None:
    """Add an eraser; the last one of a name counts."""
    _erasers[eraser.name] = eraser


def erasers() -> list[Eraser]:
    return sorted(_erasers.values(), key=lambda each: (each.order, each.name))
