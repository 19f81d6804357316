import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def owed_by_their_makers(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Until now, whoever gave a promise was the one to keep it."""
    apps.get_model("customer", "Promise").objects.update(owed_by=F("made_by"))


class Migration(migrations.Migration):
    dependencies = [("customer", "0010_search"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            "promise",
            "owed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(owed_by_their_makers, migrations.RunPython.noop),
        migrations.RemoveIndex("promise", "promise_by_maker"),
        migrations.AddIndex("promise", models.Index(fields=["owed_by", "due_on"], name="promise_by_debtor")),
    ]
