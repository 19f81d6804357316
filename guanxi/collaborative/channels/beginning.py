"""What the channels add to the house: verbs, the outbox in the palette, and who may hear the news of messages."""

from django.utils.translation import gettext_lazy as _

from guanxi.foundation.access.doors import may
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.audit import words
from guanxi.foundation.push.topics import open_topic
from guanxi.foundation.ui import navigation


def register() -> None:
    """Verbs, palette and topic of the outbox."""
    declare("outbox.read", _("See the messages in the outbox"), reaches=True)
    declare("outbox.settle", _("Decide what became of a message in doubt"))
    navigation.do(navigation.Action(label=_("Outbox"), url_name="channels:outbox", icon="outbox", verb="outbox.read"))
    open_topic("outbox", lambda colleague, _programme: may(colleague, "outbox.read"))
    words.speak(
        verbs={"channels.doubt_settled": _("Decided what became of a message in doubt")},
        subjects={"outbox": _("Message")},
        facts={"has_arrived": _("Has arrived")},
    )
