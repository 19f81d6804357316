import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("customer", "0009_privacy")]
    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="SpelledWord",
            fields=[("word", models.CharField(max_length=60, primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass("word", name="gist_trgm_ops"), name="word_by_trigrams"
                    )
                ]
            },
        ),
        migrations.AddField("savedview", "is_default", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "savedview",
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="one_default_view"),
        ),
        migrations.AlterField(
            "party",
            "merged_into",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absorbed",
                to="customer.party",
            ),
        ),
        migrations.AddIndex("party", models.Index(fields=["created_at", "id"], name="party_by_entry")),
        migrations.AddIndex(
            "party",
            models.Index(
                django.contrib.postgres.indexes.OpClass(Upper("name"), name="text_pattern_ops"),
                name="party_by_spelling",
            ),
        ),
        migrations.AddIndex(
            "party",
            models.Index(
                django.contrib.postgres.indexes.OpClass(Upper("city"), name="text_pattern_ops"), name="party_by_city"
            ),
        ),
        migrations.AddIndex(
            "party",
            models.Index(condition=Q(merged_into__isnull=False), fields=["merged_into"], name="party_absorbed"),
        ),
        migrations.AddIndex("reading", models.Index(fields=["revenue", "party"], name="reading_by_total")),
        migrations.AddIndex("reading", models.Index(fields=["orders", "party"], name="reading_by_orders")),
        migrations.AddIndex(
            "reading",
            models.Index(F("strength_behaviour").desc(nulls_last=True), F("party").desc(), name="reading_by_strength"),
        ),
        # Another index begins with each of these, and every row of an import pays for each index.
        migrations.AlterField(
            "party",
            "owner",
            models.ForeignKey(
                blank=True,
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "party",
            "team",
            models.ForeignKey(
                blank=True,
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="access.team",
            ),
        ),
        migrations.AlterField(
            "party",
            "territory",
            models.ForeignKey(
                blank=True,
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="customer.territory",
            ),
        ),
        migrations.AlterField(
            "sourcerecord",
            "source",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="customer.source",
            ),
        ),
        migrations.AlterField(
            "identifier",
            "source_record",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customer.sourcerecord",
            ),
        ),
        migrations.AlterField(
            "partyrole",
            "source_record",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customer.sourcerecord",
            ),
        ),
    ]
