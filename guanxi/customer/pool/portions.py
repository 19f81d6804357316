"""What moves with a colleague's customers when a book is handed over. Parts of the record offer their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from guanxi.customer.models import Party
from guanxi.customer.models.about import AboutParty
from guanxi.foundation.accounts.models import User

Moved = list[list[int]]  # [row, receiver] each; a third number where the portion's `own` flag was set


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Rows that name the leaver in `field`: those about a customer go to whoever looks after it from now on, the others
    to the first receiver.

    `of` answers the rows that are still open work of a colleague. `own` is a flag that a colleague sets on at most one
    row: it says nothing of the receiver, so it goes when the row moves.
    """

    key: str
    label: str | Promise
    field: str
    of: Callable[[User], QuerySet[Model]]
    own: str = ""


_portions: dict[str, Portion] = {}


def offer(portion: Portion) -> None:
    """Add a portion; the last one of a key counts."""
    _portions[portion.key] = portion


def portions() -> list[Portion]:
    return list(_portions.values())


def move(portion: Portion, leaver: User, receivers: Sequence[int]) -> Moved:
    """Let the rows name their receivers, once the customers have theirs; a handful of statements for any number."""
    rows = portion.of(leaver)
    if issubclass(rows.model, AboutParty):
        about = list(rows.values_list("pk", "party_id"))
        new = _looked_after({of for _pk, of in about}, leaver)
        moved = [[pk, new.get(of, receivers[0])] for pk, of in about]
    else:
        moved = [[pk, receivers[0]] for pk in rows.values_list("pk", flat=True)]
    flagged = set(rows.filter(**{portion.own: True}).values_list("pk", flat=True)) if portion.own else set()
    _rename(portion, rows.model, moved)
    return [[*each, 1] if each[0] in flagged else each for each in moved]


def give_back(portion: Portion, leaver: User, moved: Moved) -> int:
    """Let those rows name the leaver again that are still open with their receiver; returns how many."""
    back = 0
    for receiver in User.objects.filter(pk__in={each[1] for each in moved}):
        flagged = {each[0]: len(each) > 2 for each in moved if each[1] == receiver.pk}
        held = portion.of(receiver).filter(pk__in=flagged).values_list("pk", flat=True)
        ids = list(held)
        back += _name(portion, held.model, ids, leaver.pk)
        _flag(portion, held.model, [pk for pk in ids if flagged[pk]], leaver)
    return back


def _flag(portion: Portion, model: type[Model], ids: list[int], who: User) -> None:
    """Set the flag anew, unless the colleague has set it on another row meanwhile."""
    if ids and not model._default_manager.filter(**{portion.field: who, portion.own: True}).exists():
        model._default_manager.filter(pk__in=ids).update(**{portion.own: True})


def _rename(portion: Portion, model: type[Model], moved: Moved) -> None:
    for receiver in {each[1] for each in moved}:
        _name(portion, model, [pk for pk, to in moved if to == receiver], receiver)


def _name(portion: Portion, model: type[Model], ids: list[int], who: int) -> int:
    cleared = {portion.own: False} if portion.own else {}
    return model._default_manager.filter(pk__in=ids).update(**{portion.field: who}, **cleared)


def _looked_after(parties: set[int], leaver: User) -> dict[int, int]:
    """Who looks after these customers and can log in: {party: colleague}."""
    owned = Party.objects.filter(pk__in=parties, owner__is_active=True).exclude(owner=leaver)
    return dict(owned.values_list("pk", "owner_id"))
