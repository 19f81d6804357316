"""Public pools opened, changed and closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions.claiming import enrol_held
from guanxi.customer.actions.giving import hold
from guanxi.customer.models import Claim, HoldingCap, Party, Pool, RecycleRule
from guanxi.customer.pool import scopes
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

LOT = 5000


@transaction.atomic
def keep_pool(
    *,
    pool: Pool,
    roles: Sequence[Any],
    teams: Sequence[Any],
    caps: Mapping[str, int],
    rules: Sequence[Mapping[str, Any]],
    by: User,
    at: datetime,
) -> Pool:
    """Open a pool, or change its rules for claims from now on. `caps` is {tier: most}; a rule has RecycleRule's fields.

    Raises UserError, and keeps nothing, when an open pool has this scope already.
    """
    try:
        with transaction.atomic():
            pool.save()
    except IntegrityError as clash:
        if "one_open_pool_per_scope" not in str(clash):
            raise
        raise UserError(_("Another open pool has this scope already. Nothing was saved; change that one.")) from clash
    pool.roles.set(roles)
    pool.teams.set(teams)
    pool.tier_caps.all().delete()
    HoldingCap.objects.bulk_create(HoldingCap(pool=pool, tier=tier, most=most) for tier, most in caps.items())
    pool.rules.all().delete()
    RecycleRule.objects.bulk_create(RecycleRule(pool=pool, **rule) for rule in rules)
    note(verb="pool.kept", by=by, at=at, subject=f"pool:{pool.pk}", caps=dict(caps), rules=[dict(r) for r in rules])
    return pool


@transaction.atomic
def close_pool(*, pool: Pool, by: User, at: datetime) -> int:
    """Close a pool: nobody lies in it any more, and its claims end, so that owners keep what they have; how many."""
    Pool.objects.filter(pk=pool.pk, closed_at=None).update(closed_at=at)
    ended = Claim.objects.filter(pool=pool, released_at=None).update(
        released_at=at, released_by=by, cause=Claim.Cause.CLOSED
    )
    note(verb="pool.closed", by=by, at=at, subject=f"pool:{pool.pk}", claims=ended)
    return ended


@transaction.atomic
def enrol_lot(*, pool: Pool, after: int, by: User | None, at: datetime) -> tuple[int, int | None]:
    """Take the next owned customers of a pool's scope under its rules; how many, and the id behind which more are."""
    scope = next((each for each in scopes() if each.pool.pk == pool.pk), None)
    if scope is None:
        return 0, None
    owned = Party.objects.filter(scope.place, owner__isnull=False, pk__gt=after).order_by("pk")
    ids = list(owned.values_list("pk", flat=True)[:LOT])
    return enrol_held(hold(ids, at=at), by=by, at=at), ids[-1] if len(ids) == LOT else None
