"""What insight writes on the trail, in words."""

from django.utils.translation import gettext_lazy as _

from guanxi.insight.models import Answer

VERBS = {
    "insight.answer_undone": _("Took back an answer to a suggestion"),
    "insight.programme_closed": _("Closed a programme"),
    "insight.programme_opened": _("Opened a programme"),
    "insight.segment_deleted": _("Deleted a segment"),
    "insight.segment_saved": _("Saved a segment"),
    "insight.tag_entrusted": _("Entrusted a computed tag to a colleague"),
}
SUBJECTS = {"programme": _("Programme"), "segment": _("Segment")}
FACTS = {
    "action": _("Suggestion"),
    "answered_by": _("Answered by colleague"),
    "choice": _("Answer"),
    "conditions": _("Conditions"),
}
VALUES = {"choice": dict(Answer.Choice.choices)}
