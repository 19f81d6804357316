import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customer", "0001_initial"),
        ("insight", "0002_one_final_verdict"),
    ]

    operations = [
        migrations.CreateModel(
            name="StageEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("exploration", "Exploration"),
                            ("formation", "Formation"),
                            ("stability", "Stability"),
                            ("decline", "Decline"),
                            ("lost", "Lost"),
                            ("won_back", "Won back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="stage_entries",
                        to="customer.party",
                    ),
                ),
                (
                    "refresh",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="insight.refresh"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("party"),
                        models.OrderBy(models.F("since"), descending=True),
                        name="stage_entries_of_party",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("party",), name="one_present_stage"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrengthEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("behaviour", models.SmallIntegerField(null=True)),
                ("emotion", models.SmallIntegerField(null=True)),
                ("time", models.SmallIntegerField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="strength_entries",
                        to="customer.party",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("party", "on"), name="one_strength_per_day")],
            },
        ),
    ]
