from dataclasses import dataclass
from datetime import datetime

from guanxi.customer.intake.belongings import Change, Held
from guanxi.customer.intake.gate import Verdict
from guanxi.customer.intake.reading import Read
from guanxi.customer.intake.standing import Effect, Standing
from guanxi.customer.models import Delivery, Source
from guanxi.foundation.accounts.models import User


@dataclass(frozen=True)
class Batch:
    """Who brings what, when, and with which delivery if it is one that can be taken back."""

    source: Source
    at: datetime
    by: User | None
    delivery: Delivery | None = None


@dataclass
class Hearing:
    """One row as it was heard: what it brought, what that changed, and the telling it is noted as (none for a first).

    `verdict` says whom it may mean; `meets` is that customer where the same batch brought him.
    """

    read: Read
    standing: Standing
    effect: Effect
    brought: Held
    change: Change
    telling: int | None
    gave_owner: bool = False
    verdict: Verdict | None = None
    meets: Standing | None = None

    @property
    def record(self) -> int:
        return _stored(self.standing.record)

    @property
    def party(self) -> int:
        return _stored(self.standing.party)


def _stored(pk: int | None) -> int:
    if pk is None:
        raise ValueError("not stored yet")
    return pk
