"""What insight tells the rest of the house when the program starts."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer import computed_tags, panels
from guanxi.customer.merging import followers
from guanxi.customer.privacy import erasers, naming, texts
from guanxi.foundation.access.doors import may
from guanxi.foundation.audit import words
from guanxi.foundation.push import topics
from guanxi.insight import candidates, places, tags, trail
from guanxi.insight.asking import register_segments
from guanxi.insight.candidates.starting import STARTING as STARTING_CANDIDATES
from guanxi.insight.jobs import follow_merges
from guanxi.insight.needing import register_needs
from guanxi.insight.refresh.pushing import TOPIC
from guanxi.insight.tags.starting import STARTING as STARTING_TAGS


def register() -> None:
    """Tags, candidates, segments as a filter, places, panels of the customer page, who may hear how a refresh goes."""
    tags.declare(*STARTING_TAGS)
    for each in STARTING_TAGS:
        computed_tags.declare(each.key, each.name, each.definition, why="insight:tag")
    candidates.declare(*STARTING_CANDIDATES)
    register_segments()
    register_needs()
    places.register()
    panels.register(panels.Panel(slot="action", url_name="insight:next-action", label=_("Next best action"), order=10))
    erasers.register(
        erasers.Eraser("refresh", _("Working files of the refresh"), "guanxi.insight.erasing.erase_working_files", 550)
    )
    erasers.register(
        erasers.Eraser("offers", _("Working files of the offers"), "guanxi.insight.erasing.erase_offers", 551)
    )
    texts.people_write({"insight.Segment": ("name", "conditions"), "insight.Programme": ("name",)})
    naming.goes_by({"insight.Segment": ("name",), "insight.Programme": ("name",)})
    followers.register(follow_merges)
    words.speak(verbs=trail.VERBS, subjects=trail.SUBJECTS, facts=trail.FACTS, values=trail.VALUES)
    panels.register(panels.Panel(slot="below", url_name="insight:course", label=_("How it goes"), order=25))
    panels.register(panels.Panel(slot="below", url_name="insight:outlook", label=_("Outlook"), order=22))
    panels.register(panels.Panel(slot="aside", url_name="insight:due-of", label=_("Due again"), order=40))
    panels.register(panels.Panel(slot="below", url_name="insight:offers", label=_("Worth offering"), order=24))
    topics.open_topic(TOPIC, lambda user, _which: may(user, "today.read"))
