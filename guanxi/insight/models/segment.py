from django.conf import settings
from django.db import models


class Segment(models.Model):
    """Customers who meet all conditions, now. The conditions are those of the customer list (customer.filters)."""

    name = models.CharField(max_length=120, unique=True)
    conditions = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
