"""What customers ask about their own data, and what came of it. Nothing here names a customer once they are erased."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class RetentionRule(models.Model):
    """For how long customers of one kind are kept, and after what; no row, no end. `ground` says why no longer."""

    class What(models.TextChoices):
        ENQUIRY = "enquiry", _("Customers who never bought")
        WITHDRAWN = "withdrawn", _("Customers who never bought and took back every consent")

    class Way(models.TextChoices):
        PROPOSE = "propose", _("Propose each erasure to whoever answers privacy requests")
        CARRY_OUT = "carry_out", _("Erase them without asking")

    what = models.CharField(max_length=12, choices=What, unique=True)
    months = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=Way)
    ground = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.what}: {self.months} months"


class PrivacyRequest(models.Model):
    """A person asks to see, carry away or have erased what is held about them (GDPR art. 15–20, PIPL art. 44–47), or
    nobody asks and a `rule` of retention says that their time is over.

    `party` and `name` are emptied by the erasure. `scope` holds what the running erasure still has to find (ids,
    identities, addresses) and is emptied when it is done; `report` says what was done, in numbers only.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("See what is held")
        PORTABILITY = "portability", _("Carry it away")
        ERASURE = "erasure", _("Have it erased")

    class Facts(models.TextChoices):
        """What becomes of purchases and other facts of the history."""

        ANONYMISE = "anonymise", _("Keep them without the customer, for the books")
        ERASE = "erase", _("Erase them too")

    class State(models.TextChoices):
        OPEN = "open", _("Identity to be checked")
        CHECKED = "checked", _("To be answered")
        RUNNING = "running", _("Being erased")
        REFUSED = "refused", _("Refused")
        DONE = "done", _("Answered")

    kind = models.CharField(max_length=12, choices=Kind)
    rule = models.CharField(max_length=12, choices=RetentionRule.What, blank=True, default="")
    party = models.ForeignKey("customer.Party", models.SET_NULL, null=True, related_name="privacy_requests")
    name = models.CharField(max_length=200, blank=True, default="")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=200)  # such as a letter of 3 March
    due_on = models.DateField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    checked_how = models.CharField(max_length=200, blank=True, default="")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    ground = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    facts = models.CharField(max_length=10, choices=Facts, blank=True, default="")
    backup_days = models.PositiveSmallIntegerField(default=90)  # how long backups are kept
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, default="")
    scope = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="privacy_request_open",
                condition=models.Q(finished_at__isnull=True, refused_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def state(self) -> "PrivacyRequest.State":
        """Where the request stands, from the moments that were noted."""
        marks = (
            (self.finished_at, self.State.DONE),
            (self.refused_at, self.State.REFUSED),
            (self.started_at, self.State.RUNNING),
            (self.checked_at, self.State.CHECKED),
        )
        return next((state for moment, state in marks if moment), self.State.OPEN)


class ErasureStep(models.Model):
    """A step of an erasure that is done, so that a restart does not begin anew. `counts` are rows by what they were."""

    request = models.ForeignKey(PrivacyRequest, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=40)
    finished_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "name"], name="a_step_is_done_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.name}"


class ErasedKey(models.Model):
    """Something that pointed at an erased customer, as a keyed hash: enough to know them again, not to find them."""

    digest = models.CharField(max_length=64, db_index=True)
    request = models.ForeignKey(PrivacyRequest, models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return self.digest[:8]


class Readmission(models.Model):
    """A customer who was erased came back of their own will: the keys of that request are gone, and refuse nobody."""

    request = models.OneToOneField(PrivacyRequest, models.CASCADE, related_name="readmission")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    ground = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.request_id} readmitted"
