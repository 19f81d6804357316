from django.utils.translation import gettext_lazy as _

from guanxi.customer import panels
from guanxi.foundation.administration import tabs
from guanxi.foundation.ui import navigation


def register_reviewing() -> None:
    """The review in the palette, who registered a customer on its page, and the policy among the settings."""
    navigation.do(
        navigation.Action(
            label=_("Review duplicates"), url_name="customer:proposals", icon="merge", verb="customer.merge"
        )
    )
    panels.register(panels.Panel(slot="below", url_name="customer:registered", label=_("Registered"), order=60))
    panels.register(
        panels.Panel(
            slot="aside",
            url_name="customer:resembling",
            label=_("Possible duplicates"),
            verb="customer.merge",
            order=10,
        )
    )
    tabs.offer(tabs.Tab("duplicates", _("Duplicates"), "customer:duplicate-policy", "settings.write", 50))
