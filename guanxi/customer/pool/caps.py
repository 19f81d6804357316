"""What a colleague may still claim: a number a day, a number held, and nobody they have just lost."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from guanxi.customer.models import Claim, Pool, Reading
from guanxi.customer.pool.claims import standing
from guanxi.foundation.accounts.models import User


@dataclass(frozen=True)
class Room:
    """How much room one colleague has left in one pool."""

    claimed_today: int
    holding: int
    today: int
    held: int
    tiers: Mapping[str, int]  # tier → how many more, where the pool caps the tier

    @property
    def left(self) -> int:
        """How many more the colleague may claim now, tiers aside."""
        return min(self.today, self.held)


def room(pool: Pool, user: User, day: date) -> Room:
    """The room a colleague has in a pool on a calendar day of the company."""
    claimed_today = Claim.objects.filter(pool=pool, holder=user, day=day, origin=Claim.Origin.CLAIMED).count()
    held = standing().filter(pool=pool, holder=user)
    by_tier = dict(held.values_list("party__reading__tier").annotate(n=Count("pk")).order_by())
    holding = sum(by_tier.values())
    return Room(
        claimed_today=claimed_today,
        holding=holding,
        today=max(0, pool.claim_cap - claimed_today),
        held=max(0, pool.holding_cap - holding),
        tiers={cap.tier: max(0, cap.most - by_tier.get(cap.tier, 0)) for cap in pool.tier_caps.all()},
    )


def tiers_of(parties: Collection[int]) -> Counter[str]:
    """How many of these customers are of each tier; those of whom none is known are left out."""
    known = Reading.objects.filter(party__in=list(parties)).exclude(tier="")
    return Counter(known.values_list("tier", flat=True))


def in_turn(colleagues: Collection[int]) -> None:
    """Wait until nobody else changes what counts against these colleagues' caps; before anything else is locked."""
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=colleagues).order_by("pk"))


def fitting(ended: Mapping[int, Claim], day: date) -> dict[int, Claim]:
    """Party → claim: those of these ended claims whose holders have room for them again."""
    tiers = dict(Reading.objects.filter(party__in=list(ended)).values_list("party", "tier"))
    rooms: dict[tuple[int, int], Room] = {}
    held: defaultdict[tuple[int, int], list[str]] = defaultdict(list)  # the tiers of those that fit so far
    kept = {}
    for party, claim in sorted(ended.items(), key=lambda each: each[0]):
        whose = (claim.pool_id, claim.holder_id)
        if whose not in rooms:
            rooms[whose] = room(claim.pool, claim.holder, day)
        tier, left = tiers.get(party, ""), rooms[whose]
        if len(held[whose]) < left.held and held[whose].count(tier) < left.tiers.get(tier, left.held):
            held[whose].append(tier)
            kept[party] = claim
    return kept


def cooling(pool: Pool, user: User, parties: Collection[int], at: datetime) -> dict[int, datetime]:
    """Those of these customers whom the colleague has lost too recently → the moment from which they may claim them.

    A claim that was taken back counts as never made; who keeps a customer of a closed pool has lost nothing.
    """
    lost = Claim.objects.filter(
        ~Q(cause__in=[Claim.Cause.UNDONE, Claim.Cause.CLOSED]),
        holder=user,
        released_at__isnull=False,
        source_record__home__in=list(parties),
    )
    ended = lost.values_list("source_record__home").annotate(last=Max("released_at")).order_by()
    until = {party: last + timedelta(days=pool.cool_down_days) for party, last in ended}
    return {party: moment for party, moment in until.items() if moment > at}


def may_claim_from(pool: Pool, user: User) -> bool:
    """Whether the pool is open to this colleague's role and team; two queries, none where the sets are prefetched."""
    roles, teams = {each.pk for each in pool.roles.all()}, {each.pk for each in pool.teams.all()}
    return (not roles or user.role_id in roles) and (not teams or user.team_id in teams)
