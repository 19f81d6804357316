"""What happens when somebody brings a customer who may be known already, and who brought which customer when (报备)."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty

PERSON = settings.AUTH_USER_MODEL


class DuplicatePolicy(models.Model):
    """The company's rule for one way in: what follows from which `matching.Strength`. Without a row: the default."""

    class Entry(models.TextChoices):
        FORM = "form", _("A new customer, typed in")
        CORRECTION = "correction", _("A field typed over")
        IMPORT = "import", _("A row of an import")

    class Action(models.TextChoices):
        BLOCK = "block", _("Refuse it")
        WARN = "warn", _("Show it and let the person decide")
        ATTACH = "attach", _("Add it to the known customer")
        REVIEW = "review", _("Keep it and send it to review")

    entry = models.CharField(max_length=12, choices=Entry, unique=True)
    same = models.CharField(max_length=8, choices=Action)  # the same identifier, and no other name
    named = models.CharField(max_length=8, choices=Action)  # the same name and something else
    similar = models.CharField(max_length=8, choices=Action)  # anything weaker

    def __str__(self) -> str:
        return f"{self.entry}: {self.same}, {self.named}, {self.similar}"


class Registration(AboutParty):
    """A colleague brought this customer: the first time, or again though somebody had brought it before."""

    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    is_first = models.BooleanField()
    note = models.CharField(max_length=400, blank=True, default="")  # such as the project it is about

    class Meta:
        indexes = [
            models.Index(fields=["party", "at"], name="registration_of_party"),
            models.Index(F("at").desc(), F("id").desc(), name="registration_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} by {self.by_id} on {self.at:%Y-%m-%d}"
