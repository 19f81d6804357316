from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketing", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="campaign",
            name="outcome_days",
            field=models.PositiveIntegerField(
                default=28, validators=[MinValueValidator(1), MaxValueValidator(3650)], verbose_name="Outcome window"
            ),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="unit_cost",
            field=models.DecimalField(
                decimal_places=4,
                default=0,
                max_digits=14,
                validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1_000_000))],
                verbose_name="Cost per message",
            ),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="fixed_cost",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                max_digits=14,
                validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1_000_000_000))],
                verbose_name="Fixed cost",
            ),
        ),
    ]
