"""What the company sells, and for how much."""

from django.db import models


class Product(models.Model):
    """Something sold under one stock-keeping number."""

    sku = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=120, blank=True)
    is_service = models.BooleanField(default=False)  # postage, fees and manual corrections are no goods

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """The list price of a product from a day on, until the next one."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="prices")
    amount = models.DecimalField(max_digits=14, decimal_places=4)
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "currency", "valid_from"], name="one_price_per_day")]

    def __str__(self) -> str:
        return f"{self.product}: {self.amount} {self.currency}"
