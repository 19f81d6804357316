"""What the app adds to the house when it starts: a place in the rail, an action in the palette, a topic to push."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer.privacy import erasers
from guanxi.foundation.access.doors import may
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.accounts.models import User
from guanxi.foundation.push.topics import open_topic
from guanxi.foundation.ui import navigation

VERB = "import.run"


def register() -> None:
    declare(VERB, _("Import files"))
    navigation.go(
        navigation.Destination(label=_("Import"), url_name="transfer:imports", icon="import", order=85, verb=VERB)
    )
    navigation.do(navigation.Action(label=_("Import a file"), url_name="transfer:new", icon="import", verb=VERB))
    erasers.register(
        erasers.Eraser("imports", _("Files of imports"), "guanxi.integration.transfer.erasing.erase_from_imports", 200)
    )
    open_topic("import", _may_follow)


def _may_follow(colleague: User, _which: str) -> bool:
    return may(colleague, VERB)
