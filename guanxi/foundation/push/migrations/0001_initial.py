import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=80)),
                ("payload", models.JSONField(default=dict)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("number", models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("number__isnull", True)), fields=["id"], name="notice_not_relayed"
                    ),
                    models.Index(fields=["at"], name="notice_by_age"),
                ],
            },
        ),
        migrations.RunSQL("CREATE SEQUENCE push_notice_number", "DROP SEQUENCE push_notice_number"),
    ]
