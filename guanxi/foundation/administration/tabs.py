"""The tabs over the settings. Apps of higher layers offer their own pages here when they start."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    """A page of settings. A template shows the tabs with `{% settings_tabs "<key>" %}`."""

    key: str
    label: str | Promise
    url_name: str
    verb: str
    order: int


_tabs = {
    each.key: each
    for each in (
        Tab("company", _("Company"), "administration:company", "settings.write", 10),
        Tab("people", _("People"), "administration:members", "settings.write", 20),
        Tab("roles", _("Roles"), "administration:roles", "settings.write", 30),
        Tab("products", _("Products"), "administration:products", "product.read", 40),
        Tab("audit", _("Audit trail"), "administration:audit", "audit.read", 900),
    )
}


def offer(tab: Tab) -> None:
    """Add a tab; the last one of a key counts."""
    _tabs[tab.key] = tab


def tabs() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda each: each.order)
