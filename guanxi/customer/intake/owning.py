"""Owners that a source names, and what is noted of them so that they can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

from guanxi.customer.intake.belongings import Change
from guanxi.customer.intake.bulk import fresh_ids
from guanxi.customer.intake.hearing import Hearing
from guanxi.customer.intake.standing import Effect
from guanxi.customer.models import Party, Telling
from guanxi.foundation.accounts.models import User


def noted(hearings: Sequence[Hearing]) -> list[Hearing]:
    """The hearings that are noted as tellings.

    A first saying is none; but if it joins a customer and names his owner, it is noted as if it had been said once
    more, with nothing but the owner: so whatever it gives to a customer known already can be taken back.
    """
    ids = iter(fresh_ids(Telling, sum(map(_joins_with_owner, hearings))))
    again = (_said_again(each, next(ids)) if _joins_with_owner(each) else each for each in hearings)
    return [each for each in again if each.telling is not None]


def _joins_with_owner(heard: Hearing) -> bool:
    is_joining = heard.effect is Effect.FIRST and heard.standing.joins is not None
    return is_joining and heard.read.incoming.owner is not None


def _said_again(heard: Hearing, telling: int) -> Hearing:
    return replace(heard, effect=Effect.SAME, brought={}, change=Change(), telling=telling)


def give_owners(hearings: Sequence[Hearing]) -> None:
    """An owner named by a source is taken where nobody looks after the customer yet."""
    wanting = [each for each in hearings if each.effect is not Effect.LATE and each.read.incoming.owner is not None]
    if not wanting:
        return
    nobodys = Party.objects.select_for_update(no_key=True).filter(pk__in={each.party for each in wanting}, owner=None)
    free = set(nobodys.order_by("pk").values_list("pk", flat=True))  # held, so that nobody claims them meanwhile
    given: dict[int, list[int]] = {}
    for each in wanting:
        if each.party in free:
            free.remove(each.party)
            each.gave_owner = True
            given.setdefault(each.read.incoming.owner or 0, []).append(each.party)
    for owner in User.objects.filter(pk__in=given):
        Party.objects.filter(pk__in=given[owner.pk]).update(owner=owner, team_id=owner.team_id)
