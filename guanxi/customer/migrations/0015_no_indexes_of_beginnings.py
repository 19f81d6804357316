from django.db import migrations, models
from django.db.models import Q

# Django gives every text column that is unique or indexed a second index, for questions about how it begins. Nobody
# asks that of these, and each row that is written would pay for it.
INDEXES = (
    ("customer_outbox", "key", "customer_outbox_key_ac326175_like"),
    ("customer_attachment", "sha256", "customer_attachment_sha256_f85066a7_like"),
    ("customer_erasedkey", "digest", "customer_erasedkey_digest_50005ab7_like"),
    ("customer_spelledword", "word", "customer_spelledword_word_a691daa8_like"),
)


class Migration(migrations.Migration):
    dependencies = [("customer", "0013_retention")]

    operations = [
        *(
            migrations.RunSQL(
                f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} ({column} varchar_pattern_ops)"
            )
            for table, column, name in INDEXES
        ),
        migrations.AddIndex(model_name="merge", index=models.Index(fields=["at"], name="merge_at")),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["undone_at"], condition=Q(undone_at__isnull=False), name="merge_undone_at"),
        ),
    ]
