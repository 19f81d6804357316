"""What the app adds to the house when it starts: a place in the rail, an action in the palette, a topic to push."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer import columns
from guanxi.customer.listing import exports as listing_exports
from guanxi.customer.privacy import erasers, texts
from guanxi.foundation.access.doors import may
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.accounts.models import User
from guanxi.foundation.administration import tabs
from guanxi.foundation.audit import words
from guanxi.foundation.push.topics import open_topic
from guanxi.foundation.ui import navigation
from guanxi.insight import pages as insight_pages
from guanxi.integration.transfer import trail
from guanxi.integration.transfer.export.queries import exports_of
from guanxi.integration.transfer.queries import columns_telling

VERB = "import.run"
TAKE_OUT = "customer.export"
TAKE_ALL = "company.export"
ASK = "question.ask"


def register() -> None:
    declare(VERB, _("Import files"))
    declare("import.undo", _("Undo imports"))
    declare(TAKE_ALL, _("Take the whole company out as a file"))
    declare(ASK, _("Put questions to tables"))
    navigation.go(
        navigation.Destination(label=_("Import"), url_name="transfer:imports", icon="import", order=85, verb=VERB)
    )
    navigation.do(navigation.Action(label=_("Import a file"), url_name="transfer:new", icon="import", verb=VERB))
    erasers.register(
        erasers.Eraser("imports", _("Files of imports"), "guanxi.integration.transfer.erasing.erase_from_imports", 200)
    )
    texts.people_write({"transfer.Import": ("file_name",)})
    columns.register(columns_telling)
    words.speak(verbs=trail.VERBS, subjects=trail.SUBJECTS, facts=trail.FACTS, values=trail.VALUES)
    open_topic("import", _may_follow)
    navigation.do(navigation.Action(label=_("Exports"), url_name="transfer:exports", icon="export", verb=TAKE_OUT))
    navigation.do(
        navigation.Action(
            label=_("Export the company"), url_name="transfer:company-exports", icon="export", verb=TAKE_ALL
        )
    )
    tabs.offer(tabs.Tab("exports", _("Exports"), "transfer:export-limits", "settings.write", 700))
    listing_exports.offer("transfer:new-export")
    erasers.register(
        erasers.Eraser(
            "exports", _("Files of exports"), "guanxi.integration.transfer.export.erasing.erase_exports", 210
        )
    )
    open_topic("export", _may_follow_export)
    _register_questions()


def _register_questions() -> None:
    navigation.do(
        navigation.Action(label=_("Put a question to a table"), url_name="transfer:questions", icon="model", verb=ASK)
    )
    insight_pages.offer(_("Put a question to a table"), "transfer:questions", ASK)
    erasers.register(
        erasers.Eraser(
            "questions", _("Tables of questions"), "guanxi.integration.transfer.questions.erasing.erase_tables", 215
        )
    )
    texts.people_write({"transfer.Question": ("file_name", "columns", "asked", "answer")})
    open_topic("question", _may_follow_question)


def _may_follow(colleague: User, _which: str) -> bool:
    return may(colleague, VERB)


def _may_follow_export(colleague: User, which: str) -> bool:
    return which.isdecimal() and exports_of(colleague).filter(pk=int(which)).exists()


def _may_follow_question(colleague: User, _which: str) -> bool:
    return may(colleague, ASK)
