"""What the administration adds to the frame: a place in the rail, and actions in the palette."""

from django.utils.translation import gettext_lazy as _

from guanxi.foundation.ui import navigation

ACTIONS = (
    (_("People and roles"), "administration:members", "team", "settings.write"),
    (_("Audit trail"), "administration:audit", "audit", "audit.read"),
    (_("Products and prices"), "administration:products", "order", "product.read"),
)


def register() -> None:
    """The settings in the rail; people, audit trail and products in the palette."""
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
    for label, url_name, icon, verb in ACTIONS:
        navigation.do(navigation.Action(label=label, url_name=url_name, icon=icon, verb=verb))
