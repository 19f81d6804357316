"""Planned and launched campaigns, for the tests."""

from guanxi.foundation.accounts.models import User
from guanxi.insight.models import Segment
from guanxi.operational.marketing.actions import launch_campaign, save_campaign
from guanxi.operational.marketing.launching import advance
from guanxi.operational.marketing.models import Campaign, Launch
from tests.world import NOW

ENGLISH = ("Tea for {{ name }}", "Dear {{ name }},\n\nnew tea in {{ city | your town }}.")
CHINESE = ("{{ name }}，新茶到了", "{{ name }}：\n\n新茶到了。")


def planned(by: User, *, templates: dict[str, tuple[str, str]] | None = None, **plan: object) -> Campaign:
    """A campaign to all customers."""
    everybody = Segment.objects.get_or_create(name="Everybody", defaults={"conditions": [], "made_at": NOW})[0]
    campaign = Campaign(**{"name": "Spring tea", "segment": everybody, **plan})
    return save_campaign(campaign=campaign, templates=templates or {"en": ENGLISH}, by=by, at=NOW)


def launched(by: User, *, step: int = 50, **plan: object) -> Launch:
    """A campaign that went out, with all its steps done."""
    launch = launch_campaign(campaign=planned(by, **plan), by=by, at=NOW)
    while advance(launch.pk, at=NOW, step=step):
        pass
    launch.refresh_from_db()
    return launch
