from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.ui import navigation


class Administration(AppConfig):
    name = "guanxi.foundation.administration"
    label = "administration"

    def ready(self) -> None:
        navigation.go(
            navigation.Destination(
                label=_("Settings"),
                url_name="administration:company",
                icon="settings",
                order=900,
                verb="settings.write",
                apart=True,
            )
        )
        for label, url_name, icon, verb in (
            (_("People and roles"), "administration:members", "team", "settings.write"),
            (_("Audit trail"), "administration:audit", "audit", "audit.read"),
            (_("Products and prices"), "administration:products", "order", "product.read"),
        ):
            navigation.do(navigation.Action(label=label, url_name=url_name, icon=icon, verb=verb))
