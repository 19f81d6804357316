from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customer", "0008_timeline")]
    operations = []
