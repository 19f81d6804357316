from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="grant",
            name="reach",
            field=models.CharField(
                choices=[
                    ("own", "own customers"),
                    ("team", "the team's customers"),
                    ("territory", "the team's and the territory's customers"),
                    ("all", "every customer"),
                ],
                default="all",
                max_length=9,
            ),
        ),
    ]
