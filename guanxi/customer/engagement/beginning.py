"""What promises, tasks and files add to the house when it starts."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer import panels
from guanxi.customer.engagement.asking import register_promises
from guanxi.customer.engagement.queries import promises_of, tasks_of
from guanxi.customer.pool import portions
from guanxi.customer.privacy import erasers
from guanxi.foundation.ui import navigation


def register_engagement() -> None:
    """Panels of the customer page and of today, a page in the palette, what a hand-over moves, what an erasure does."""
    register_promises()
    panels.register(panels.Panel(slot="aside", url_name="customer:owed", label=_("Promises and tasks"), order=10))
    panels.register(panels.Panel(slot="below", url_name="customer:files", label=_("Files"), order=70))
    panels.register(
        panels.Panel(slot="today", url_name="customer:agenda", label=_("Promised and to be done"), order=10)
    )
    navigation.do(
        navigation.Action(label=_("Promises"), url_name="customer:promises", icon="promise", verb="customer.read")
    )
    portions.offer(portions.Portion(key="tasks", label=_("Open tasks"), field="assignee", of=tasks_of))
    portions.offer(portions.Portion(key="promises", label=_("Open promises"), field="owed_by", of=promises_of))
    erasers.register(
        erasers.Eraser("files", _("Files kept with customers"), "guanxi.customer.engagement.erasing.erase_files", 150)
    )
