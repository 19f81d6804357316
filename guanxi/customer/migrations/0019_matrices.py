from django.db import migrations, models

LOYALTY = [
    ("true_friend", "True friend"),
    ("butterfly", "Butterfly"),
    ("barnacle", "Barnacle"),
    ("stranger", "Stranger"),
]
GROWTH = [
    ("penetration", "Known customer, known articles"),
    ("extension", "Known customer, new articles"),
    ("acquisition", "New customer, known articles"),
    ("diversification", "New customer, new articles"),
]


class Migration(migrations.Migration):
    dependencies = [("customer", "0018_birth_date")]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="loyalty",
            field=models.CharField(blank=True, choices=LOYALTY, db_default="", default="", max_length=12),
        ),
        migrations.AddField(
            model_name="reading",
            name="growth",
            field=models.CharField(blank=True, choices=GROWTH, db_default="", default="", max_length=16),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["loyalty", "party"], name="reading_by_loyalty"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["growth", "party"], name="reading_by_growth"),
        ),
    ]
