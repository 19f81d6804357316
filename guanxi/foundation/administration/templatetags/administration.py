"""`{% load administration %}`: the tabs over the settings."""

from django import template
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.access.doors import may

register = template.Library()
TABS = (
    ("company", _("Company"), "administration:company", "settings.write"),
    ("people", _("People"), "administration:members", "settings.write"),
    ("roles", _("Roles"), "administration:roles", "settings.write"),
    ("products", _("Products"), "administration:products", "product.read"),
    ("audit", _("Audit trail"), "administration:audit", "audit.read"),
)


@register.inclusion_tag("administration/_tabs.html", takes_context=True)
def settings_tabs(context: template.Context, here: str) -> dict[str, object]:
    """Of the settings those that the reader may open."""
    reader = context["request"].user
    return {"here": here, "tabs": [tab for tab in TABS if may(reader, tab[3])]}
