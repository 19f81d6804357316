"""The demo company's territories, and the pool of the customers nobody looks after."""

from datetime import timedelta

from guanxi.customer.actions.charting import draw_territory
from guanxi.customer.actions.claiming import claim
from guanxi.customer.actions.pooling import keep_pool
from guanxi.customer.models import Party, Pool, Territory
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.site.demo.customers import NORTH, TERRITORIES

DAYS_AGO = (28, 20, 9, 2)  # one claim each: the first is about to end
HIDDEN = [Pool.Hidden.PHONE, Pool.Hidden.EMAIL, Pool.Hidden.NAME]


def draw(people: dict[str, User]) -> None:
    """North by its cities, South as the rest of the country, each worked by its representatives."""
    if Territory.objects.exists():
        return
    at, by = now(), people["admin"]
    places = {"North": [("GB", city, "") for city in sorted(NORTH)], "South": [("GB", "", "")]}
    for name, rules in places.items():
        members = [people[each] for each in TERRITORIES[name.lower()]]
        draw_territory(territory=Territory(name=name), members=members, rules=rules, by=by, at=at)


def open_pool(people: dict[str, User]) -> None:
    """One pool of everywhere, with some claims by representatives that stand, one of them near its end."""
    if Pool.objects.exists():
        return
    at = now()
    opened = Pool(
        name="公海 Public pool", claim_cap=5, holding_cap=60, cool_down_days=14, hidden=HIDDEN,
        default_days=30, renewal_days=15, maximum_days=120, warning_days=5, opened_at=at - timedelta(days=90),
    )  # fmt: skip
    rules = [{"after": "follow_up", "days": 60, "tiers": [], "field": ""}]
    keep_pool(pool=opened, roles=[], teams=[], caps={"vip": 5}, rules=rules, by=people["manager"], at=at)
    free = list(Party.objects.filter(owner=None).order_by("-reading__orders", "pk").values_list("pk", flat=True)[:12])
    for number, days in enumerate(DAYS_AGO):
        for place, mailbox in enumerate(("rep", "rep3", "rep5")):
            party = free[number * 3 + place : number * 3 + place + 1]
            claim(pool=opened, parties=party, by=people[mailbox], at=at - timedelta(days=days))
