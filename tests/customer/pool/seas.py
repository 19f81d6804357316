"""Pools and what lies in them, for the tests."""

from datetime import timedelta
from typing import Any

from guanxi.customer.actions import assign_owner
from guanxi.customer.models import Claim, Party, Pool
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import NOW

DAY = timedelta(days=1)


def pool(name: str = "Public pool", **facts: Any) -> Pool:
    """An open pool, of everywhere if nothing else is said: 30 days, 15 more a follow-up, 90 at most."""
    rules = {"default_days": 30, "renewal_days": 15, "maximum_days": 90, "cool_down_days": 7, "claim_cap": 5}
    return Pool.objects.create(name=name, opened_at=NOW - 100 * DAY, **{**rules, "holding_cap": 50, **facts})


def lying(number: int = 1, prefix: str = "P", **fields: Any) -> list[Party]:
    """Customers without an owner."""
    return [known(f"{prefix}-{n}", **fields) for n in range(number)]


def claim_of(party: Party) -> Claim:
    """The claim that stands on this customer."""
    return Claim.objects.get(source_record__home=party, released_at=None)


def owner_of(party: Party) -> User | None:
    return Party.ever.get(pk=party.pk).owner


def given(party: Party, owner: User | None, by: User) -> Party:
    assign_owner(parties=[party.pk], owner=owner, by=by, at=NOW)
    return Party.objects.get(pk=party.pk)
