"""Territories drawn, and customers placed in them anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from guanxi.customer.models import Party, Territory, TerritoryRule
from guanxi.customer.territories.placing import place_between
from guanxi.customer.territories.tree import outward, parents
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

LOT = 20_000  # ids a statement


@transaction.atomic
def draw_territory(
    *, territory: Territory, members: Sequence[User], rules: Sequence[tuple[str, str, str]], by: User, at: datetime
) -> Territory:
    """Keep a territory with its members and rules (country, place, postcode). Raises UserError, and keeps nothing.

    Customers are placed anew by the job that the caller enqueues.
    """
    if territory.pk and territory.parent_id and territory.pk in outward(territory.parent_id, parents()):
        raise UserError(_("A territory cannot lie inside itself. Nothing was saved."))
    if taken := _taken(territory, rules):
        raise UserError(
            _("“%(rule)s” belongs to %(territory)s already. Nothing was saved.")
            % {"rule": str(taken), "territory": taken.territory.name}
        )
    territory.save()
    territory.members.set(members)
    territory.rules.all().delete()
    TerritoryRule.objects.bulk_create(
        TerritoryRule(territory=territory, country=country, place=place, postcode=postcode)
        for country, place, postcode in dict.fromkeys(rules)
    )
    note(
        verb="territory.drawn", by=by, at=at, subject=f"territory:{territory.pk}",
        members=[each.pk for each in members], rules=[list(rule) for rule in rules],
    )  # fmt: skip
    return territory


def _taken(territory: Territory, rules: Sequence[tuple[str, str, str]]) -> TerritoryRule | None:
    others = TerritoryRule.objects.exclude(territory=territory) if territory.pk else TerritoryRule.objects.all()
    wanted = set(rules)
    known = others.select_related("territory").order_by("pk")
    return next((each for each in known if (each.country, each.place, each.postcode) in wanted), None)


def place_everybody() -> int:
    """Derive the territory of every customer, lot by lot; done again after a kill it comes to the same."""
    ends = Party.ever.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    return sum(
        place_between(start, min(start + LOT - 1, ends["last"]))
        for start in range(ends["first"], ends["last"] + 1, LOT)
    )
