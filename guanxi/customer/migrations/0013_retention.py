import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHAT = [
    ("enquiry", "Customers who never bought"),
    ("withdrawn", "Customers who never bought and took back every consent"),
]
WAY = [
    ("propose", "Propose each erasure to whoever answers privacy requests"),
    ("carry_out", "Erase them without asking"),
]


class Migration(migrations.Migration):
    dependencies = [("customer", "0012_fewer_indexes"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=WHAT, max_length=12, unique=True)),
                ("months", models.PositiveSmallIntegerField()),
                ("way", models.CharField(choices=WAY, max_length=10)),
                ("ground", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            "privacyrequest", "rule", models.CharField(blank=True, choices=WHAT, default="", max_length=12)
        ),
    ]
