"""Customers claimed from the public pool, returned to it, taken under its rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.actions.giving import Gift, Held, change_owners, gift, hold
from guanxi.customer.models import Claim, Party, Pool, Reading
from guanxi.customer.pool import claims, pools_of, scopes
from guanxi.customer.pool.caps import Room, cooling, in_turn, may_claim_from, room, tiers_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.company.calendar import day_of
from guanxi.foundation.errors import UserError
from guanxi.foundation.ui import formats

REASON_LENGTH = Claim._meta.get_field("reason").max_length or 0


@dataclass(frozen=True)
class Claimed:
    """What came of a wish: the customers that are the colleague's now, and a sentence for those that are not."""

    parties: list[int]
    refused: list[str]


@transaction.atomic
def claim(*, pool: Pool, parties: Collection[int], by: User, at: datetime) -> Claimed:
    """Claim customers from a pool. The caps hold however many claim at the same moment.

    Customers that somebody else took meanwhile, or that the colleague lost too recently, are passed over and named.
    Raises UserError, and claims nobody, when the caps leave no room for the rest or nobody is left.
    """
    in_turn([by.pk])
    if pool.closed_at is not None or not may_claim_from(pool, by):
        raise UserError(_("The pool “%(pool)s” is not open to you. Nobody was claimed.") % {"pool": pool.name})
    free, refused = _claimable(pool, hold(parties, at=at), by, at)
    refused += _gone(len(set(parties)) - len(free) - len(refused))
    if not free:
        raise UserError(" ".join(refused) or _("Nobody was chosen. Tick customers, then claim them."))
    _refuse_beyond(pool, room(pool, by, day_of(at)), [each.pk for each in free])
    change_owners([gift(each, by) for each in free], by=by, at=at)
    taken = [(each.pk, each.record, by.pk, pool) for each in free]
    claims.begin(taken, origin=Claim.Origin.CLAIMED, by=by, at=at, day=day_of(at))
    return Claimed([each.pk for each in free], refused)


def _claimable(pool: Pool, held: list[Held], by: User, at: datetime) -> tuple[list[Held], list[str]]:
    """Those that lie in the pool and are not cooling down; the others that still lie there, each with its sentence."""
    unowned = [each for each in held if each.owner is None]
    lying = pools_of([each.pk for each in unowned], scopes())
    here = [each for each in unowned if each.pk in lying and lying[each.pk].pk == pool.pk]
    until = cooling(pool, by, [each.pk for each in here], at)
    refused = [
        _("You had customer no. %(number)s before: you may claim it again from %(moment)s.")
        % {"number": pk, "moment": formats.moment(moment)}
        for pk, moment in sorted(until.items())
    ]
    return [each for each in here if each.pk not in until], refused


def _gone(number: int) -> list[str]:
    if number <= 0:
        return []
    text = ngettext(
        "%(n)s customer is no longer in this pool: somebody was faster.",
        "%(n)s customers are no longer in this pool: somebody was faster.",
        number,
    )
    return [text % {"n": number}]


def _refuse_beyond(pool: Pool, left: Room, wanted: list[int]) -> None:
    number = len(wanted)
    if number > left.today:
        raise UserError(
            _(
                "You may claim %(left)s more from this pool today (%(done)s of %(cap)s are used), and chose %(n)s. "
                "Nobody was claimed; at midnight you may claim again."
            )
            % {"left": left.today, "done": left.claimed_today, "cap": pool.claim_cap, "n": number}
        )
    if number > left.held:
        raise UserError(
            _(
                "You hold %(held)s customers of this pool, and may hold %(cap)s. You chose %(n)s more. "
                "Nobody was claimed; return some first."
            )
            % {"held": left.holding, "cap": pool.holding_cap, "n": number}
        )
    for tier, chosen in tiers_of(wanted).items():
        if chosen > left.tiers.get(tier, chosen):
            raise UserError(
                _("You may hold %(left)s more of tier %(tier)s and chose %(n)s. Nobody was claimed; return some first.")
                % {"left": left.tiers[tier], "tier": Reading.Tier(tier).label, "n": chosen}
            )


@transaction.atomic
def return_to_pool(*, party: Party, reason: str, by: User, at: datetime) -> Pool:
    """Give a customer back to the pool it belongs to; its history stays. Raises UserError."""
    reason = reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        raise UserError(
            _("Say in at most %(most)s characters why the customer goes back. Nothing was changed.")
            % {"most": REASON_LENGTH}
        )
    held = [each for each in hold([party.pk], at=at) if each.owner is not None]
    pool = pools_of([each.pk for each in held], scopes()).get(party.pk)
    if pool is None:
        raise UserError(_("No pool takes this customer, or nobody looks after it. Nothing was changed."))
    enrol_held(held, by=by, at=at)
    _release(held, cause=Claim.Cause.RETURNED, by=by, at=at, reason=reason)
    note(verb="pool.returned", by=by, at=at, subject=f"party:{party.pk}", pool=pool.pk, reason=reason)
    return pool


def enrol_held(held: Collection[Held], *, by: User | None, at: datetime) -> int:
    """Take owned customers of no claim under the rules of the pool they belong to, from now on; returns how many."""
    owned = [(each, each.owner) for each in held if each.owner is not None]
    claimed = Claim.objects.filter(released_at=None, source_record__home__in=[each.pk for each, _owner in owned])
    known = set(claimed.values_list("source_record__home", flat=True))
    pools = pools_of([each.pk for each, _owner in owned if each.pk not in known], scopes())
    taken = [(each.pk, each.record, owner, pools[each.pk]) for each, owner in owned if each.pk in pools]
    claims.begin(taken, origin=Claim.Origin.ENROLLED, by=by, at=at, day=day_of(at))
    return len(taken)


def recycle(held: Collection[Held], *, at: datetime) -> None:
    """Let customers fall back whose protection has ended. The caller holds their rows and has checked their claims."""
    _release(held, cause=Claim.Cause.RECYCLED, by=None, at=at, reason="")


def _release(held: Collection[Held], *, cause: str, by: User | None, at: datetime, reason: str) -> None:
    change_owners([Gift(each, None, each.team) for each in held], by=by, at=at)
    claims.end([each.pk for each in held], cause=cause, by=by, at=at, reason=reason)
