"""Whom a campaign would reach if launched now. The lot decides later, so the sizes of the arms are expectations."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from guanxi.customer import contact_policy
from guanxi.insight.models import Programme
from guanxi.insight.programmes.planning import Detectable, detectable_effect
from guanxi.insight.segments import members_of
from guanxi.operational.marketing.models import Campaign

HOLDOUT_SHARE = float(Programme._meta.get_field("holdout_share").default)


@dataclass(frozen=True)
class Audience:
    """Members of the segment now; `left_out` counts those who may not be written to, by reason, most frequent first."""

    campaign: Campaign
    members: int
    left_out: Counter[str]

    @property
    def number_left_out(self) -> int:
        return self.left_out.total()

    @property
    def reachable(self) -> int:
        return self.members - self.number_left_out

    @property
    def reasons(self) -> list[tuple[str, int]]:
        return self.left_out.most_common()

    @property
    def holdout(self) -> int:
        return round(self.reachable * HOLDOUT_SHARE)

    @property
    def control(self) -> int:
        return round((self.reachable - self.holdout) * self.campaign.control_share)

    @property
    def treated(self) -> int:
        return self.reachable - self.holdout - self.control

    @property
    def cost(self) -> Decimal:
        return self.campaign.fixed_cost + self.treated * self.campaign.unit_cost


def audience_of(campaign: Campaign, *, at: datetime) -> Audience:
    """Ask the contact policy about every member, inside the database."""
    told = contact_policy.with_refusal(
        members_of(campaign.segment, at=at), purpose=campaign.purpose, channel=campaign.channel, at=at
    )
    counted = dict(told.order_by().values_list("refusal").annotate(number=Count("pk")))
    members = sum(counted.values())
    counted.pop(contact_policy.Reason.NONE, None)
    return Audience(campaign, members, Counter(counted))


def detectable_by(audience: Audience, *, at: datetime) -> Detectable | None:
    """What the campaign could find out with these arms."""
    campaign = audience.campaign
    return detectable_effect(
        members_of(campaign.segment, at=at),
        control=audience.control,
        treated=audience.treated,
        days=campaign.outcome_days,
    )
