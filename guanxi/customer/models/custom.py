"""Fields that a company defines for its own customers. Their values are facts like any other golden field."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.party import Party
from guanxi.customer.survivorship import CUSTOM

PERSON = settings.AUTH_USER_MODEL


class CustomField(models.Model):
    """One field: what it is called, what it may hold, whom it concerns. Its key and kind never change.

    A field is retired rather than deleted: what the sources said under it stays, and is there again when it is revived.
    `choices` is [[key, label], …]; a key stays when its label is rewritten. An empty `party_kinds` means all kinds.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Money")
        DATE = "date", _("Date")
        CHOICE = "choice", _("Choice")
        YES_NO = "yes_no", _("Yes or no")
        RELATION = "relation", _("Another customer")

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    help = models.CharField(max_length=200, blank=True, default="")
    choices = models.JSONField(default=list)
    party_kinds = ArrayField(models.CharField(max_length=12), default=list)
    position = models.PositiveIntegerField(default=0)
    is_sensitive = models.BooleanField(default=False)  # read by those only who hold customer.sensitive
    is_filterable = models.BooleanField(default=True)  # offered as filter, order and column, and indexed
    defined_at = models.DateTimeField()
    defined_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def kinds_shown(self) -> list[str]:
        """The kinds of party it concerns, in the reader's language; none when it concerns all."""
        return [str(Party.Kind(each).label) for each in self.party_kinds]

    @property
    def name(self) -> str:
        """How source records, provenance and events call the field."""
        return CUSTOM + self.key
