from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0001_initial")]

    operations = [
        migrations.AddField(model_name="company", name=name, field=models.FloatField(blank=True, null=True))
        for name in ("margin", "discount", "order_cost", "contact_cost")
    ]
