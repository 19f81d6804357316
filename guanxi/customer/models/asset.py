"""What customers own: machines, vehicles, policies, booths; and what was done to them, by whichever workshop."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty

PERSON = settings.AUTH_USER_MODEL


class Asset(AboutParty):
    """One thing a customer owns. `serial` is what stands on it: a serial number, a plate, the number of a policy."""

    name = models.CharField(max_length=200)
    product = models.ForeignKey("catalogue.Product", models.SET_NULL, null=True, blank=True, related_name="+")
    serial = models.CharField(max_length=80, blank=True, default="")
    bought_on = models.DateField(null=True, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    retired_on = models.DateField(null=True, blank=True)  # sold, scrapped, ended

    class Meta:
        indexes = [models.Index(fields=["serial"], name="asset_by_serial")]

    def __str__(self) -> str:
        return f"{self.name} {self.serial}".strip()


class ServiceRecord(AboutParty):
    """Something that was done to an asset: by us, a dealer, or any workshop."""

    class Kind(models.TextChoices):
        MAINTENANCE = "maintenance", _("Maintenance")
        REPAIR = "repair", _("Repair")
        INSPECTION = "inspection", _("Inspection")
        RECALL = "recall", _("Recall")

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="services")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    workshop = models.CharField(max_length=200, blank=True, default="")
    what = models.CharField(max_length=500)
    under_warranty = models.BooleanField(default=False)
    next_due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("asset", F("on").desc(), name="service_of_asset")]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"
