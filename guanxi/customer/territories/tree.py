"""Territories contain territories: who works the outer one works those inside it."""

from collections.abc import Iterable

from guanxi.customer.models import Territory
from guanxi.foundation.accounts.models import User


def parents() -> dict[int, int | None]:
    """Territory → the one around it, in one query."""
    return dict(Territory.objects.values_list("pk", "parent_id"))


def within(territories: Iterable[int], around: dict[int, int | None]) -> set[int]:
    """These territories and all inside them."""
    wanted = set(territories)
    return {each for each in around if any(outer in wanted for outer in outward(each, around))}


def outward(territory: int, around: dict[int, int | None]) -> list[int]:
    """The territory itself and those around it, the nearest first; a ring that somebody made by hand ends."""
    path: list[int] = []
    here: int | None = territory
    while here is not None and here not in path:
        path.append(here)
        here = around.get(here)
    return path


def worked_by(user: User) -> list[int]:
    """The territories this colleague works, with those inside them, in two queries; they are kept for the request."""
    if not hasattr(user, "_territories"):
        mine = set(Territory.objects.filter(members=user).values_list("pk", flat=True))
        user._territories = sorted(within(mine, parents())) if mine else []  # type: ignore[attr-defined]
    return user._territories  # type: ignore[attr-defined,no-any-return]
