from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.access.verbs import declare
from guanxi.foundation.ui import navigation


class Marketing(AppConfig):
    name = "guanxi.operational.marketing"
    label = "marketing"

    def ready(self) -> None:
        import_module(f"{self.name}.topics")
        declare("campaign.read", _("See campaigns"))
        declare("campaign.write", _("Plan campaigns"))
        declare("campaign.launch", _("Launch campaigns"))
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
