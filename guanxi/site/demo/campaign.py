"""A campaign that waits for somebody to launch it."""

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.insight.models import Segment
from guanxi.operational.marketing.actions import save_campaign
from guanxi.operational.marketing.models import Campaign
from guanxi.site.demo.segments import OVERDUE

NAME = "Your shelves after Christmas 节后补货"
ENGLISH = """Dear {{ name }},

you usually order about now. Christmas empties shelves: tell us what to put aside, and it leaves the warehouse
the same day.

Northgate Wholesale"""
CHINESE = """{{ name }}，您好！

您通常在这个时候订货。圣诞过后货架容易空：告诉我们要预留什么，当天即可出库。

Northgate Wholesale"""
LETTERS = {
    "en": ("{{ name }}, shall we put your usual goods aside?", ENGLISH),
    "zh-hans": ("{{ name }}，要为您预留常订的货品吗？", CHINESE),
}


def plan_campaign(by: User) -> None:
    """Keep the plan, once."""
    if not Campaign.objects.filter(name=NAME).exists():
        segment = Segment.objects.get(name=OVERDUE)
        save_campaign(campaign=Campaign(name=NAME, segment=segment), templates=LETTERS, by=by, at=now())
