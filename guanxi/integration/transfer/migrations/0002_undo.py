import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [("transfer", "0001_initial"), migrations.swappable_dependency(PERSON)]
    operations = [
        migrations.CreateModel(
            name="Undo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True, default="")),
                ("finished_at", models.DateTimeField(null=True)),
                ("total", models.BigIntegerField(default=0)),
                ("withdrawn", models.PositiveIntegerField(default=0)),
                ("after", models.BigIntegerField(default=0)),
                ("removed", models.BigIntegerField(default=0)),
                ("restored", models.BigIntegerField(default=0)),
                ("kept", models.BigIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=PERSON
                    ),
                ),
                (
                    "of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="undo", to="transfer.import"
                    ),
                ),
                (
                    "paused_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=PERSON
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptCustomer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=120)),
                ("party", models.BigIntegerField()),
                ("why", models.CharField(max_length=12)),
                (
                    "undo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_customers", to="transfer.undo"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="import",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="corrections",
                to="transfer.import",
            ),
        ),
        migrations.AddField(model_name="importchunk", name="products", field=models.JSONField(default=list)),
    ]
