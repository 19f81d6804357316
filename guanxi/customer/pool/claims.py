"""Claims begun and ended, many at once. Whoever calls holds the parties' rows, so that no two acts cross."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import F, QuerySet

from guanxi.customer.models import Claim, Pool
from guanxi.customer.pool.protection import first_protection
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


def end(homes: Collection[int], *, cause: str, by: User | None, at: datetime, reason: str = "") -> dict[int, Pool]:
    """End what claims hold on these parties' own records; returns the open pools they were of, by party."""
    held = Claim.objects.filter(released_at=None, source_record__home__in=list(homes))
    ending = list(held.select_related("pool", "source_record"))
    if ending:
        ended = Claim.objects.filter(pk__in=[each.pk for each in ending])
        ended.update(released_at=at, released_by=by, cause=cause, reason=reason)
    return {each.source_record.home_id: each.pool for each in ending if each.pool.closed_at is None}


def reopen(holders: Mapping[int, int], *, ended_at: datetime) -> None:
    """Let the claims stand again that an act ended at this moment: party → the holder who gets it back."""
    ended = Claim.objects.filter(
        released_at=ended_at, cause=Claim.Cause.REASSIGNED, source_record__home__in=list(holders)
    ).values_list("pk", "source_record__home_id", "holder_id")
    back = [pk for pk, home, holder in ended if holders[home] == holder]
    Claim.objects.filter(pk__in=back).update(released_at=None, released_by=None, cause="", reason="")
