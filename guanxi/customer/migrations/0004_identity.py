import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ACTIONS = [
    ("block", "Refuse it"),
    ("warn", "Show it and let the person decide"),
    ("attach", "Add it to the known customer"),
    ("review", "Keep it and send it to review"),
]


class Migration(migrations.Migration):
    dependencies = [("customer", "0003_merging"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="DuplicatePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.CharField(
                        choices=[
                            ("form", "A new customer, typed in"),
                            ("correction", "A field typed over"),
                            ("import", "A row of an import"),
                        ],
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("same", models.CharField(choices=ACTIONS, max_length=8)),
                ("named", models.CharField(choices=ACTIONS, max_length=8)),
                ("similar", models.CharField(choices=ACTIONS, max_length=8)),
            ],
        ),
        migrations.AddField(
            model_name="identifier",
            name="verified_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="identifier",
            name="verified_how",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="relationship",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "no role"),
                    ("initiator", "Initiator"),
                    ("user", "User"),
                    ("influencer", "Influencer"),
                    ("decider", "Decider"),
                    ("buyer", "Buyer"),
                    ("gatekeeper", "Gatekeeper"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("is_first", models.BooleanField()),
                ("note", models.CharField(blank=True, default="", max_length=400)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="customer.party",
                    ),
                ),
                (
                    "source_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customer.sourcerecord"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["party", "at"], name="registration_of_party"),
                    models.Index(
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="registration_latest",
                    ),
                ],
            },
        ),
        migrations.AddField(model_name="source", name="withdrawn_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="source",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Split",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customer.party"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="splits", to="customer.sourcerecord"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("record",),
                        name="one_standing_split_per_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchingModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("organisation", "Organisation"),
                            ("household", "Household"),
                        ],
                        max_length=12,
                    ),
                ),
                ("as_of", models.DateTimeField()),
                ("records", models.PositiveIntegerField()),
                ("numbers", models.JSONField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("kind"),
                        models.OrderBy(models.F("as_of"), descending=True),
                        name="matching_model_latest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchingPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("automatic_from", models.FloatField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("automatic_from__isnull", True),
                            models.Q(("automatic_from__gte", 0.9), ("automatic_from__lte", 1)),
                            _connector="OR",
                        ),
                        name="automatic_merges_are_sure",
                    )
                ],
            },
        ),
    ]
