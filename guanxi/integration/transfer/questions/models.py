"""A question put to a table: the table, what was asked of it, and the answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Question(models.Model):
    """One table in `GUANXI_HOME/questions/<id>/`. `columns` says what stands in them, `asked` what is to be told.

    asked: outcome (place of a column), yes and no (its values), order (place of a column, "rows", or ""), left_out and
    cleared (places). answer: the figures of `insight.telling.told`. Asking anew replaces the answer.
    """

    class State(models.TextChoices):
        CHOOSING = "choosing", _("Not asked yet")
        WAITING = "waiting", _("Being answered")
        ANSWERED = "answered", _("Answered")
        FAILED = "failed", _("Stopped by a problem")

    file_name = models.CharField(max_length=255)
    rows = models.BigIntegerField(default=0)
    columns = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    asked = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    answer = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="question_waiting",
                condition=models.Q(asked_at__isnull=False, answered_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> "Question.State":
        """Where the question stands, from the moments that were noted."""
        marks = (
            (self.failed_at, self.State.FAILED),
            (self.answered_at, self.State.ANSWERED),
            (self.asked_at, self.State.WAITING),
        )
        return next((state for moment, state in marks if moment), self.State.CHOOSING)
