from django.db import models
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty


class Relationship(AboutParty):
    """How `party` stands to `other`, from a day until a day: Wang (party) works at Shanlan Café (other)."""

    class Kind(models.TextChoices):
        WORKS_AT = "works_at", _("Works at")
        OWNS = "owns", _("Owner of")
        DEALER_OF = "dealer_of", _("Dealer of")
        SUBSIDIARY_OF = "subsidiary_of", _("Subsidiary of")
        HOUSEHOLD = "household", _("Household of")
        REFERRED_BY = "referred_by", _("Referred by")

    class Role(models.TextChoices):
        """What somebody who works there does when the firm buys."""

        NONE = "", _("no role")
        INITIATOR = "initiator", _("Initiator")
        USER = "user", _("User")
        INFLUENCER = "influencer", _("Influencer")
        DECIDER = "decider", _("Decider")
        BUYER = "buyer", _("Buyer")
        GATEKEEPER = "gatekeeper", _("Gatekeeper")

    other_record = models.ForeignKey("customer.SourceRecord", models.PROTECT, related_name="+")
    other = models.ForeignKey("customer.Party", models.PROTECT, related_name="related_from")
    kind = models.CharField(max_length=16, choices=Kind)
    title = models.CharField(max_length=120, blank=True)  # such as head of purchasing
    role = models.CharField(max_length=12, choices=Role, blank=True, default="", db_default="")  # in the buying centre
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_record", "other_record", "kind", "since"],
                name="one_relationship_per_start",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind} {self.other_id}"
