from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A kept filter, order and choice of columns of the customer list, for its owner or shared with all."""

    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    conditions = models.JSONField(default=list)  # [[field, comparison, value], …], see customer.filters
    order = models.CharField(max_length=40, blank=True, default="")
    columns = models.JSONField(default=list)
    is_default = models.BooleanField(default=False)  # its owner's list opens with it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_view_per_name"),
            models.UniqueConstraint(fields=["owner"], condition=models.Q(is_default=True), name="one_default_view"),
        ]

    def __str__(self) -> str:
        return self.name
