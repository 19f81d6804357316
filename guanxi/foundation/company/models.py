"""The company that runs this installation: one row."""

from django.db import models


class Company(models.Model):
    """Name, money and clock of the company. `clock_day` stops the calendar, so that old data has a fitting today."""

    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="CNY")
    timezone = models.CharField(max_length=64, default="Asia/Shanghai")
    country = models.CharField(max_length=2, default="CN")
    clock_day = models.DateField(null=True, blank=True)
    margin = models.FloatField(null=True, blank=True)  # gross profit, a share of sales
    discount = models.FloatField(null=True, blank=True)  # interest a year on money that comes later
    order_cost = models.FloatField(null=True, blank=True)  # of handling one purchase day
    contact_cost = models.FloatField(null=True, blank=True)  # of one call, visit or message
    is_demo = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)  # null while its first data are being loaded

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_company")]

    def __str__(self) -> str:
        return self.name
