"""Owners changed, for one customer or for fifty thousand: some dozen statements whatever their number."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection

from guanxi.customer.actions.own_records import own_records
from guanxi.customer.intake.bulk import as_json, copy_in
from guanxi.customer.models import Claim, Event, Party
from guanxi.customer.pool import claims, pools_of, scopes
from guanxi.customer.pool.caps import fitting
from guanxi.customer.timeline import EVENT_COLUMNS, OwnerChanged, kind_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.calendar import day_of

KIND, VERSION = kind_of(OwnerChanged(before="", after=""))
SET = """
    UPDATE customer_party AS party SET owner_id = fresh.owner, team_id = fresh.team
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS fresh (id, owner, team) WHERE party.id = fresh.id
"""


@dataclass(frozen=True)
class Held:
    """A customer as it stands with its own record, its row locked until the transaction ends."""

    pk: int
    owner: int | None
    team: int | None
    merged_into: int | None
    record: int


@dataclass(frozen=True)
class Gift:
    """A customer that gets another owner, or none; `team` is the one it belongs to afterwards."""

    held: Held
    owner: int | None
    team: int | None


def hold(parties: Collection[int], *, at: datetime, ever: bool = False, skip_locked: bool = False) -> list[Held]:
    """Lock the living among these customers (or all), in the one order that all writers keep (docs/record/locks.md)."""
    among = Party.ever if ever else Party.objects
    records = own_records(parties=list(among.filter(pk__in=list(parties)).values_list("pk", flat=True)), at=at)
    locked = among.select_for_update(of=("self",), no_key=True, skip_locked=skip_locked)
    rows = locked.filter(pk__in=list(records)).order_by("pk")
    return [Held(*row, records[row[0]]) for row in rows.values_list("pk", "owner_id", "team_id", "merged_into_id")]


def still_given(held: Iterable[Held], *, since: datetime) -> list[Held]:
    """Those whose owner was last changed at this moment: whoever came back by way of another one is none of them."""
    held = list(held)
    told = Event.objects.filter(kind=KIND, source_record__in=[each.record for each in held])
    last = told.order_by("source_record", "-id").distinct("source_record").values_list("source_record", "at")
    changed_at = dict(last)
    return [each for each in held if changed_at.get(each.record) == since]


def gift(held: Held, owner: User | None) -> Gift:
    """To a colleague and their team; who is given to nobody stays with the team it had."""
    return Gift(held, owner.pk if owner else None, owner.team_id if owner else held.team)


def give(gifts: Sequence[Gift], *, by: User | None, at: datetime) -> None:
    """Change owners. Claims go on with the new one; who lay in a pool comes under its rules."""
    lying = pools_of([each.held.pk for each in gifts if each.held.owner is None], scopes())
    change_owners(gifts, by=by, at=at)
    ended = claims.end([each.held.pk for each in gifts], cause=Claim.Cause.REASSIGNED, by=by, at=at)
    owned = [(each.held, each.owner) for each in gifts if each.owner is not None]
    passed = ((ended[held.pk], owner) for held, owner in owned if held.pk in ended)
    claims.pass_on(passed, by=by, at=at, day=day_of(at))
    begun = ((held.pk, held.record, owner, lying[held.pk]) for held, owner in owned if held.pk in lying)
    claims.begin(begun, origin=Claim.Origin.ASSIGNED, by=by, at=at, day=day_of(at))


def give_back(gifts: Sequence[Gift], *, since: datetime, by: User | None, at: datetime) -> set[int]:
    """Undo what `give` did at `since`: the owners of before, with the claims they had; returns who went back.

    Whose claim its holder has no room for any more stays where it is. The caller holds `in_turn` who gets some back.
    """
    had = claims.given_away({each.held.pk: each.owner for each in gifts if each.owner is not None}, at=since)
    kept = fitting(had, day_of(at))
    going = [each for each in gifts if each.held.pk in kept or each.held.pk not in had]
    change_owners(going, by=by, at=at)
    claims.end([each.held.pk for each in going], cause=Claim.Cause.UNDONE, by=by, at=at)
    claims.reopen(kept.values())
    return {each.held.pk for each in going}


def change_owners(gifts: Sequence[Gift], *, by: User | None, at: datetime) -> None:
    """Write owner and team and tell the timelines.

    A party that is merged into another one gets its owner back silently: its undoing will show it.
    """
    with connection.cursor() as cursor:
        columns = [(each.held.pk, each.owner, each.team) for each in gifts]
        cursor.execute(SET, [list(values) for values in zip(*columns, strict=True)] if columns else [[], [], []])
    _tell([each for each in gifts if each.held.merged_into is None], by, at)


def _tell(gifts: Sequence[Gift], by: User | None, at: datetime) -> None:
    names = _names({pk for each in gifts for pk in (each.held.owner, each.owner) if pk is not None})
    facts = (OwnerChanged(before=names.get(g.held.owner, ""), after=names.get(g.owner, "")) for g in gifts)
    copy_in(
        Event,
        EVENT_COLUMNS,
        (
            (g.held.record, g.held.pk, KIND, VERSION, at, at, by.pk if by else None, "", "", as_json(asdict(said)))
            for g, said in zip(gifts, facts, strict=True)
        ),
    )


def _names(users: Iterable[int]) -> dict[int | None, str]:
    return dict(User.objects.filter(pk__in=list(users)).values_list("pk", "name"))
