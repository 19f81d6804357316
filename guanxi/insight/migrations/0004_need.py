import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customer", "0001_initial"),
        ("insight", "0003_chronicle"),
    ]

    operations = [
        migrations.CreateModel(
            name="Need",
            fields=[
                ("rank", models.BigIntegerField(primary_key=True, serialize=False)),
                ("article", models.CharField(max_length=64)),
                ("due_on", models.DateField()),
                ("low_on", models.DateField()),
                ("high_on", models.DateField()),
                ("usual_days", models.FloatField()),
                ("purchases", models.PositiveIntegerField()),
                ("last_on", models.DateField()),
                ("chance", models.FloatField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="needs",
                        to="customer.party",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["due_on", "rank"], name="need_by_day"),
                    models.Index(fields=["article", "rank"], name="need_of_article"),
                ],
            },
        ),
    ]
