"""Owners changed, for one customer or for fifty thousand: some dozen statements whatever their number."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection

from guanxi.customer.actions.own_records import own_records
from guanxi.customer.intake.bulk import as_json, copy_in
from guanxi.customer.models import Claim, Event, Party, Pool
from guanxi.customer.pool import claims, pools_of, scopes
from guanxi.customer.timeline import EVENT_COLUMNS, OwnerChanged, kind_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.calendar import day_of

SET = """
    UPDATE customer_party AS party SET owner_id = fresh.owner, team_id = fresh.team
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS fresh (id, owner, team) WHERE party.id = fresh.id
"""


@dataclass(frozen=True)
class Held:
    """A customer as it stands, its row locked until the transaction ends."""

    pk: int
    owner: int | None
    team: int | None
    merged_into: int | None = None


@dataclass(frozen=True)
class Gift:
    """A customer that gets another owner, or none; `team` is the one it belongs to afterwards."""

    held: Held
    owner: int | None
    team: int | None


def hold(parties: Collection[int], *, ever: bool = False) -> list[Held]:
    """Lock the living among these customers (or all), in the one order that all writers keep."""
    among = Party.ever if ever else Party.objects
    rows = among.filter(pk__in=list(parties)).order_by("pk").select_for_update(of=("self",), no_key=True)
    return [Held(*row) for row in rows.values_list("pk", "owner_id", "team_id", "merged_into_id")]


def gift(held: Held, owner: User | None) -> Gift:
    """To a colleague and their team; who is given to nobody stays with the team it had."""
    return Gift(held, owner.pk if owner else None, owner.team_id if owner else held.team)


def give(gifts: Sequence[Gift], *, by: User | None, at: datetime) -> None:
    """Change owners. Claims end; where a pool's rules held, they hold for the new owner from now on."""
    known = scopes()
    lying = pools_of([each.held.pk for each in gifts if each.held.owner is None], known)
    records = change_owners(gifts, by=by, at=at)
    ended = claims.end([each.held.pk for each in gifts], cause=Claim.Cause.REASSIGNED, by=by, at=at)
    under: dict[int, Pool] = {**lying, **ended}
    begun = (
        (each.held.pk, records[each.held.pk], each.owner, under[each.held.pk])
        for each in gifts
        if each.owner is not None and each.held.pk in under
    )
    claims.begin(begun, origin=Claim.Origin.ASSIGNED, by=by, at=at, day=day_of(at))


def give_back(gifts: Sequence[Gift], *, since: datetime, by: User | None, at: datetime) -> None:
    """Undo what `give` did at `since`: the owners of before, with the claims they had."""
    change_owners(gifts, by=by, at=at)
    claims.end([each.held.pk for each in gifts], cause=Claim.Cause.UNDONE, by=by, at=at)
    claims.reopen({each.held.pk: each.owner for each in gifts if each.owner is not None}, ended_at=since)


def change_owners(gifts: Sequence[Gift], *, by: User | None, at: datetime) -> dict[int, int]:
    """Write owner and team and tell the timelines; returns the customers' own records.

    A party that is merged into another one gets its owner back silently: its undoing will show it.
    """
    records = own_records(parties=[each.held.pk for each in gifts], at=at)
    with connection.cursor() as cursor:
        columns = [(each.held.pk, each.owner, each.team) for each in gifts]
        cursor.execute(SET, [list(values) for values in zip(*columns, strict=True)] if columns else [[], [], []])
    _tell([each for each in gifts if each.held.merged_into is None], records, by, at)
    return records


def _tell(gifts: Sequence[Gift], records: dict[int, int], by: User | None, at: datetime) -> None:
    names = _names({pk for each in gifts for pk in (each.held.owner, each.owner) if pk is not None})
    kind, version = kind_of(OwnerChanged(before="", after=""))
    facts = (OwnerChanged(before=names.get(g.held.owner, ""), after=names.get(g.owner, "")) for g in gifts)
    copy_in(
        Event,
        EVENT_COLUMNS,
        (
            (records[g.held.pk], g.held.pk, kind, version, at, at, by.pk if by else None, "", "", as_json(asdict(said)))
            for g, said in zip(gifts, facts, strict=True)
        ),
    )


def _names(users: Iterable[int]) -> dict[int | None, str]:
    return dict(User.objects.filter(pk__in=list(users)).values_list("pk", "name"))
