"""What assets and levels add to the house when it starts."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guanxi.customer import panels
from guanxi.customer.assets.queries import assets_numbered
from guanxi.customer.levels.asking import offer_levels
from guanxi.foundation.access.doors import member
from guanxi.foundation.administration.tabs import Tab, offer
from guanxi.foundation.ui import navigation


def register_belongings() -> None:
    """Panels of the customer page, a finder of serial numbers, and the settings of contact standards."""
    offer_levels()
    panels.register(panels.Panel(slot="aside", url_name="customer:level", label=_("Relationship level"), order=20))
    panels.register(panels.Panel(slot="below", url_name="customer:assets", label=_("Owns"), order=65))
    navigation.find(navigation.Finder(label=_("Owned"), find=_find, verb="customer.read", order=30))
    offer(Tab("standards", _("Contact standards"), "levels:standards", "settings.write", 70))


def _find(request: HttpRequest, text: str) -> list[navigation.Found]:
    return [
        navigation.Found(
            label=f"{each.name} {each.serial}",
            url=reverse("customer:asset", args=[each.party_id, each.pk]),
            icon="asset",
            hint=each.party.name,
        )
        for each in assets_numbered(text, member(request))
    ]
