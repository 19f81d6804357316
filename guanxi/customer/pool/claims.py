"""Claims begun and ended, many at once. Whoever calls holds the parties' rows, so that no two acts cross."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import F, QuerySet

from guanxi.customer.models import Claim, Pool
from guanxi.customer.pool.protection import Protection, first_protection, renewed
from guanxi.foundation.accounts.models import User

LOT = 2000


def standing() -> QuerySet[Claim]:
    """Claims that hold today. Those of a party that is merged into another one sleep until the merge is undone."""
    return Claim.objects.filter(released_at=None, source_record__home__merged_into=None, source_record__home=F("party"))


def begin(
    taken: Iterable[tuple[int, int, int, Pool]], *, origin: str, by: User | None, at: datetime, day: date
) -> list[Claim]:
    """Begin claims: (party, its own record, holder, pool) each."""
    rows = []
    for party, record, holder, pool in taken:
        protection = first_protection(at, pool.default_days, pool.maximum_days)
        rows.append(
            Claim(
                party_id=party,
                source_record_id=record,
                pool=pool,
                holder_id=holder,
                origin=origin,
                claimed_at=at,
                by=by,
                day=day,
                renewal_days=pool.renewal_days,
                recycle_at=protection.recycle_at,
                maximum_at=protection.maximum_at,
            )
        )
    return Claim.objects.bulk_create(rows, batch_size=LOT)


def pass_on(taken: Iterable[tuple[Claim, int]], *, by: User | None, at: datetime, day: date) -> None:
    """Let ended claims go on with other holders. Being given on counts as a follow-up: however often it happens,
    nobody is protected past the maximum of the claim it began with."""
    rows = []
    for ended, holder in taken:
        until = renewed(Protection(ended.recycle_at, ended.maximum_at), at, ended.renewal_days)
        rows.append(
            Claim(
                party_id=ended.party_id,
                source_record_id=ended.source_record_id,
                pool=ended.pool,
                holder_id=holder,
                origin=Claim.Origin.ASSIGNED,
                claimed_at=at,
                by=by,
                day=day,
                renewal_days=ended.renewal_days,
                recycle_at=until.recycle_at,
                maximum_at=until.maximum_at,
            )
        )
    Claim.objects.bulk_create(rows, batch_size=LOT)


def end(homes: Collection[int], *, cause: str, by: User | None, at: datetime, reason: str = "") -> dict[int, Claim]:
    """End what claims hold on these parties' own records; returns those of open pools, by party."""
    held = Claim.objects.filter(released_at=None, source_record__home__in=list(homes))
    ending = list(held.select_related("pool", "source_record"))
    if ending:
        ended = Claim.objects.filter(pk__in=[each.pk for each in ending])
        ended.update(released_at=at, released_by=by, cause=cause, reason=reason)
    return {each.source_record.home_id: each for each in ending if each.pool.closed_at is None}


def given_away(holders: Mapping[int, int], *, at: datetime) -> dict[int, Claim]:
    """The claims of open pools that giving away ended at this moment, by party: party → the holder who gave it."""
    ended = Claim.objects.filter(
        released_at=at, cause=Claim.Cause.REASSIGNED, source_record__home__in=list(holders), pool__closed_at=None
    ).select_related("pool", "holder", "source_record")
    by_party = {each.source_record.home_id: each for each in ended.order_by("pk")}
    return {party: each for party, each in by_party.items() if holders[party] == each.holder_id}


def reopen(ended: Iterable[Claim]) -> None:
    """Let ended claims stand again."""
    back = [each.pk for each in ended]
    Claim.objects.filter(pk__in=back).update(released_at=None, released_by=None, cause="", reason="")
