"""`{% load administration %}`: the tabs over the settings."""

from django import template

from guanxi.foundation.access.doors import may
from guanxi.foundation.administration.tabs import tabs

register = template.Library()


@register.inclusion_tag("administration/_tabs.html", takes_context=True)
def settings_tabs(context: template.Context, here: str) -> dict[str, object]:
    """Of the settings those that the reader may open."""
    reader = context["request"].user
    return {"here": here, "tabs": [tab for tab in tabs() if may(reader, tab.verb)]}
