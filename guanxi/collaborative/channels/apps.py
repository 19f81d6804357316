from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.access.verbs import declare
from guanxi.foundation.ui import navigation


class Channels(AppConfig):
    name = "guanxi.collaborative.channels"
    label = "channels"

    def ready(self) -> None:
        import_module(f"{self.name}.topics")
        declare("outbox.read", _("See the messages in the outbox"))
        declare("outbox.settle", _("Decide what became of a message in doubt"))
        navigation.do(
            navigation.Action(label=_("Outbox"), url_name="channels:outbox", icon="outbox", verb="outbox.read")
        )
