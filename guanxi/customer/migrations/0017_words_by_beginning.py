from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customer", "0016_own_customers_by_touch")]

    operations = [
        migrations.AddIndex(
            model_name="spelledword",
            index=models.Index(OpClass("word", name="varchar_pattern_ops"), name="word_by_beginning"),
        ),
        # The index keeps what it holds: it is told, not made anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX party_search SET (gin_pending_list_limit = 256)",
                    "ALTER INDEX party_search RESET (gin_pending_list_limit)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex(model_name="party", name="party_search"),
                migrations.AddIndex(
                    model_name="party",
                    index=GinIndex(fields=["search_vector"], name="party_search", gin_pending_list_limit=256),
                ),
            ],
        ),
    ]
