import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customer", "0008_timeline"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="PrivacyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "See what is held"),
                            ("portability", "Carry it away"),
                            ("erasure", "Have it erased"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("received_at", models.DateTimeField()),
                ("how", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("checked_how", models.CharField(blank=True, default="", max_length=200)),
                ("refused_at", models.DateTimeField(null=True)),
                ("ground", models.TextField(blank=True, default="")),
                ("started_at", models.DateTimeField(null=True)),
                (
                    "facts",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("anonymise", "Keep them without the customer, for the books"),
                            ("erase", "Erase them too"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("backup_days", models.PositiveSmallIntegerField(default=90)),
                ("finished_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True, default="")),
                ("scope", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                (
                    "checked_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="privacy_requests",
                        to="customer.party",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasureStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("finished_at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="customer.privacyrequest"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(db_index=True, max_length=64)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="customer.privacyrequest"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Readmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("ground", models.CharField(max_length=200)),
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readmission",
                        to="customer.privacyrequest",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="privacyrequest",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True), ("refused_at__isnull", True)),
                fields=["due_on", "id"],
                name="privacy_request_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurestep",
            constraint=models.UniqueConstraint(fields=("request", "name"), name="a_step_is_done_once"),
        ),
    ]
