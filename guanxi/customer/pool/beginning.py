"""What ownership tells the frame when the program starts."""

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from guanxi.customer import panels
from guanxi.customer.models import SavedView
from guanxi.customer.pool import portions
from guanxi.customer.pool.asking import register_ownership_fields
from guanxi.customer.pool.following import renew
from guanxi.customer.timeline import listen
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.accounts.models import User
from guanxi.foundation.administration import tabs
from guanxi.foundation.ui import navigation

VERBS = {
    "customer.handover": _("Hand a colleague's customers over to others"),
    "pool.read": _("See the public pool"),
    "pool.claim": _("Claim customers from the public pool"),
    "pool.manage": _("Assign from the public pool and change its rules"),
    "pool.unmask": _("See the fields that a public pool hides"),
}
SETTINGS = (
    tabs.Tab("territories", _("Territories"), "ownership:territories", "settings.write", 70),
    tabs.Tab("pools", _("Pools"), "ownership:pools", "pool.manage", 72),
    tabs.Tab("handovers", _("Hand-over"), "ownership:handovers", "customer.handover", 74),
)
ACTIONS = (
    (_("Public pool"), "pool:pools", "customers", "pool.read"),
    (_("Hand customers over"), "ownership:handovers", "assign", "customer.handover"),
    (_("Customers known to one colleague only"), "customer:known-to-one", "lock", "customer.handover"),
)


def register_ownership() -> None:
    """Verbs, settings, palette, filters, the protection beside a customer, and what a hand-over moves."""
    for verb, label in VERBS.items():
        declare(verb, label)
    for tab in SETTINGS:
        tabs.offer(tab)
    for label, url_name, icon, verb in ACTIONS:
        navigation.do(navigation.Action(label=label, url_name=url_name, icon=icon, verb=verb))
    listen(renew)
    register_ownership_fields()
    panels.register(panels.Panel(slot="aside", url_name="customer:protection", label=_("Protection"), order=15))
    panels.register(panels.Panel(slot="today", url_name="pool:ending", label=_("Protection ends soon"), order=20))
    portions.offer(
        portions.Portion(key="views", label=_("Shared views"), field="owner", of=_shared_views, own="is_default")
    )


def _shared_views(leaver: User) -> "QuerySet[Model]":
    """Those that others read; a name that somebody else uses too stays, because a person's names are unique."""
    others = SavedView.objects.exclude(owner=leaver).values("name")
    return SavedView.objects.filter(owner=leaver, is_shared=True).exclude(name__in=others)
