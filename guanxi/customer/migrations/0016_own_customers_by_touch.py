from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("customer", "0015_no_indexes_of_beginnings")]

    operations = [
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                F("owner"),
                F("touched_at").desc(nulls_last=True),
                F("id"),
                name="party_by_owner_touch",
                condition=Q(owner__isnull=False),
            ),
        ),
    ]
