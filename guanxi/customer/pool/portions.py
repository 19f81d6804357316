"""What moves with a colleague's customers when a book is handed over. Parts of the record offer their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from guanxi.customer.models.about import AboutParty
from guanxi.foundation.accounts.models import User

Moved = list[list[int]]  # [row, receiver] each


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Rows that name the leaver in `field`: those about a customer follow it, the others go to the first receiver.

    `of` answers the rows that are still open work of a colleague.
    """

    key: str
    label: str | Promise
    field: str
    of: Callable[[User], QuerySet[Model]]


_portions: dict[str, Portion] = {}


def offer(portion: Portion) -> None:
    """Add a portion; the last one of a key counts."""
    _portions[portion.key] = portion


def portions() -> list[Portion]:
    return list(_portions.values())


def move(portion: Portion, leaver: User, receivers: Sequence[int], dealt: Mapping[int, int]) -> Moved:
    """Let the rows name their receivers; a handful of statements, whatever their number."""
    rows = portion.of(leaver)
    if issubclass(rows.model, AboutParty):
        moved = [[pk, dealt.get(of, receivers[0])] for pk, of in rows.values_list("pk", "party_id")]
    else:
        moved = [[pk, receivers[0]] for pk in rows.values_list("pk", flat=True)]
    _rename(portion, rows.model, moved)
    return moved


def give_back(portion: Portion, leaver: User, moved: Moved) -> int:
    """Let those rows name the leaver again that still name their receiver; returns how many."""
    model = portion.of(leaver).model
    back = 0
    for receiver in {each[1] for each in moved}:
        ids = [pk for pk, to in moved if to == receiver]
        held = model._default_manager.filter(pk__in=ids, **{portion.field: receiver})
        back += held.update(**{portion.field: leaver})
    return back


def _rename(portion: Portion, model: type[Model], moved: Moved) -> None:
    for receiver in {each[1] for each in moved}:
        ids = [pk for pk, to in moved if to == receiver]
        model._default_manager.filter(pk__in=ids).update(**{portion.field: receiver})
