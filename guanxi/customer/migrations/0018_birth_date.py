from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Substr


class Migration(migrations.Migration):
    dependencies = [("customer", "0017_words_by_beginning")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="born",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["born"], name="party_by_birth", condition=Q(born__gt="")),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(Substr("born", 6), name="party_by_birthday", condition=Q(born__gt="")),
        ),
    ]
