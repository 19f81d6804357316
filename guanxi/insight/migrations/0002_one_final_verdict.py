from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_final", True)), fields=("programme",), name="the_final_verdict_is_read_once"
            ),
        ),
    ]
