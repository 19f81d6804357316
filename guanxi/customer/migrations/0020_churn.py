import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customer", "0019_matrices")]

    operations = [
        migrations.AddField(model_name="reading", name="churn", field=models.FloatField(null=True)),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(
                django.db.models.expressions.OrderBy(
                    django.db.models.expressions.F("churn"), descending=True, nulls_last=True
                ),
                django.db.models.expressions.OrderBy(django.db.models.expressions.F("party"), descending=True),
                name="reading_by_churn",
            ),
        ),
    ]
