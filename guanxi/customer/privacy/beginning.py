"""What requests of customers add to the house when it starts."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer.intake import add_refuser
from guanxi.customer.privacy import erasers, texts
from guanxi.customer.privacy.refusing import refuse_erased
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.administration.tabs import Tab, offer
from guanxi.foundation.ui import navigation

VERB = "privacy.handle"


def register_privacy() -> None:
    """The verb, the place in the palette and among the settings, and the record's own erasers."""
    add_refuser(refuse_erased)
    declare(VERB, _("Answer privacy requests"))
    navigation.do(
        navigation.Action(label=_("Privacy requests"), url_name="customer:privacy-requests", icon="consent", verb=VERB)
    )
    offer(Tab("retention", _("Retention"), "retention:rules", VERB, 80))
    erasers.register(
        erasers.Eraser(
            "history",
            _("Purchases and other facts of the history"),
            "guanxi.customer.privacy.facts.erase_facts",
            order=100,
            ground=_("erased, or kept without the customer for the books, as chosen"),
        )
    )
    erasers.register(
        erasers.Eraser(
            "traces",
            _("Audit trail, notices, and what was written about others: notes, tasks, tags, views, names of files"),
            "guanxi.customer.privacy.traces.erase_traces",
            order=600,
            ground=_(
                "addresses, numbers and whole names erased; a name that may mean somebody else stays, and is counted"
            ),
        )
    )
    texts.people_write(texts.OURS)
    erasers.register(
        erasers.Eraser("spelling", _("Words known to the search"), "guanxi.customer.privacy.spelling.forget_words", 610)
    )
