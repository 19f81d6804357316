"""What a colleague sees of a pool: its customers, with the fields that it hides masked before they leave the server."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guanxi.customer.models import Party, Pool, Reading
from guanxi.customer.normal import country_name, written_phone
from guanxi.customer.normal.masking import masked
from guanxi.customer.pool import Scope, scopes
from guanxi.customer.pool.caps import cooling, may_claim_from
from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User

PAGE = 25
Hidden = Pool.Hidden
SHOWN = (
    "name", "latin_name", "phone", "email", "street", "postcode", "city", "country", "touched_at",
    "reading__tier", "reading__stage", "reading__expected_value",
)  # fmt: skip


@dataclass(frozen=True)
class Lying:
    """A customer of a pool, as far as this colleague may know it. An empty text: there is none."""

    pk: int
    name: str
    latin_name: str
    phone: str
    email: str
    place: str
    tier_name: str
    stage_name: str
    value: float | None
    touched_at: datetime | None
    cools_until: datetime | None
    is_open: bool  # the record behind the row can be opened


@dataclass(frozen=True)
class Asked:
    """What of a pool is asked for."""

    country: str = ""
    tier: str = ""
    quiet_days: int | None = None
    after: int | None = None

    def of(self, parties: QuerySet[Party], at: datetime) -> QuerySet[Party]:
        if self.country:
            parties = parties.filter(country=self.country)
        if self.tier:
            parties = parties.filter(reading__tier=self.tier)
        if self.quiet_days is not None:
            border = at - timedelta(days=self.quiet_days)
            parties = parties.filter(Q(touched_at__lt=border) | Q(touched_at=None))
        return parties


def pools_open_to(user: User) -> list[Scope]:
    """The pools that this colleague may look into: all for who manages them, otherwise those they may claim from."""
    known = scopes()
    if may(user, "pool.manage"):
        return known
    return [each for each in known if may_claim_from(each.pool, user)]


def lying(scope: Scope, asked: Asked, user: User, at: datetime) -> tuple[list[Lying], int | None]:
    """A page of the pool's customers, the newest first, and the id behind which there are more."""
    found = asked.of(Party.objects.filter(scope.covers), at)
    if asked.after is not None:
        found = found.filter(pk__lt=asked.after)
    rows = list(found.order_by("-pk").values("pk", *SHOWN)[: PAGE + 1])
    shown = rows[:PAGE]
    hidden = () if may(user, "pool.unmask") else tuple(scope.pool.hidden)
    until = cooling(scope.pool, user, [row["pk"] for row in shown], at)
    seen = [_shown(row, hidden, until.get(row["pk"])) for row in shown]
    return seen, shown[-1]["pk"] if len(rows) > PAGE else None


def _shown(row: Mapping[str, Any], hidden: Collection[str], until: datetime | None) -> Lying:
    text = {name: str(row[name] or "") for name in ("name", "latin_name", "phone", "email", "street", "postcode")}
    where = [str(row["city"] or ""), country_name(str(row["country"] or ""))]
    if Hidden.ADDRESS not in hidden:
        where = [text["street"], text["postcode"], *where]
    return Lying(
        pk=row["pk"],
        name=masked(text["name"]) if Hidden.NAME in hidden else text["name"],
        latin_name="" if Hidden.NAME in hidden else text["latin_name"],
        phone=_secret(written_phone(text["phone"]), Hidden.PHONE in hidden),
        email=_secret(text["email"], Hidden.EMAIL in hidden or Hidden.NAME in hidden),
        place=", ".join(part for part in where if part),
        tier_name=str(Reading.Tier(row["reading__tier"]).label) if row["reading__tier"] else "",
        stage_name=str(Reading.Stage(row["reading__stage"]).label) if row["reading__stage"] else "",
        value=row["reading__expected_value"],
        touched_at=row["touched_at"],
        cools_until=until,
        is_open=not hidden,
    )


def _secret(text: str, is_hidden: bool) -> str:
    """Whether there is one may be known, and nothing of it. An address hides with the name, which it mostly spells."""
    return _("hidden") if text and is_hidden else text
