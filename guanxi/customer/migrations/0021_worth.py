from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customer", "0020_churn")]

    operations = [
        *(
            migrations.AddField(model_name="reading", name=name, field=models.FloatField(null=True))
            for name in ("profit", "profit_low", "profit_high", "lifetime", "lifetime_low", "lifetime_high", "at_stake")
        ),
        *(
            migrations.AddIndex(
                model_name="reading",
                index=models.Index(models.F(field).desc(nulls_last=True), models.F("party").desc(), name=name),
            )
            for field, name in (
                ("profit", "reading_by_profit"),
                ("lifetime", "reading_by_lifetime"),
                ("at_stake", "reading_by_stake"),
            )
        ),
    ]
