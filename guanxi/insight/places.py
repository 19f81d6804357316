"""Where one can go in insight, and what one can do."""

from django.utils.translation import gettext_lazy as _

from guanxi.foundation.access.verbs import declare
from guanxi.foundation.ui.navigation import Action, Destination, do, go

PLACES = (
    Destination(label=_("Today"), url_name="home", icon="today", order=10, verb="today.read", on_phone=True),
    Destination(label=_("Segments"), url_name="insight:segments", icon="segments", order=50, verb="segment.read"),
    Destination(
        label=_("Insight"), url_name="insight:overview", icon="insight", order=60, verb="insight.read", on_phone=True
    ),
    Destination(label=_("The Loop"), url_name="insight:loop", icon="loop", order=70, verb="loop.read", on_phone=True),
)
ACTIONS = (
    Action(label=_("New segment"), url_name="insight:new-segment", icon="segments", verb="segment.write", creates=True),
    Action(label=_("Loyalty"), url_name="insight:loyalty", icon="insight", verb="insight.read"),
    Action(label=_("Due again"), url_name="insight:due", icon="order", verb="today.read"),
    Action(label=_("Models"), url_name="insight:models", icon="model", verb="insight.read"),
    Action(label=_("Computed tags"), url_name="insight:tags", icon="tag", verb="insight.read"),
)


VERBS = {
    "segment.read": _("See segments"),
    "segment.write": _("Make and change segments"),
    "insight.read": _("See the figures, models and verdicts"),
    "loop.read": _("See what the programmes earned"),
    "programme.close": _("Measure programmes and declare their end"),
    "refresh.run": _("Have the figures computed anew"),
}


def register() -> None:
    """Lines of the rail and actions of the palette."""
    declare("today.read", _("See what to do today"), reaches=True)
    for verb, label in VERBS.items():
        declare(verb, label)
    for place in PLACES:
        go(place)
    for action in ACTIONS:
        do(action)
