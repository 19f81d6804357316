"""What marketing adds to the house: verbs, a place in the rail, an action, and who may hear the news of launches."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer.privacy import naming, texts
from guanxi.foundation.access.doors import may
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.audit import words
from guanxi.foundation.push.topics import open_topic
from guanxi.foundation.ui import navigation

VERBS = {
    "campaign.read": _("See campaigns"),
    "campaign.write": _("Plan campaigns"),
    "campaign.launch": _("Launch campaigns"),
}


def register() -> None:
    """Verbs, rail, palette and topic of campaigns."""
    for verb, label in VERBS.items():
        declare(verb, label)
    navigation.go(
        navigation.Destination(
            label=_("Marketing"),
            url_name="marketing:campaigns",
            icon="marketing",
            order=600,
            verb="campaign.read",
            on_phone=True,
        )
    )
    navigation.do(
        navigation.Action(
            label=_("Plan a campaign"),
            url_name="marketing:new_campaign",
            icon="campaign",
            verb="campaign.write",
            creates=True,
        )
    )
    texts.people_write({"marketing.Campaign": ("name",), "marketing.Message": ("subject", "body")})
    words.speak(
        verbs={
            "marketing.campaign_launched": _("Launched a campaign"),
            "marketing.campaign_saved": _("Saved a campaign"),
        },
        subjects={"campaign": _("Campaign")},
    )
    naming.goes_by({"marketing.Campaign": ("name",)})
    open_topic("launch", lambda colleague, _launch: may(colleague, "campaign.read"))
