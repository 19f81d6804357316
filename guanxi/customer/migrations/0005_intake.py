from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customer", "0004_identity")]
    operations = []
