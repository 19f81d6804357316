import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_reach_of_territory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("customer", "0006_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="Name")),
                ("members", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="customer.territory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TerritoryRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(blank=True, default="", max_length=60)),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("postcode", models.CharField(blank=True, default="", max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("turns", "in turns"),
                            ("load", "to whoever has the fewest"),
                            ("territory", "by territory, otherwise in turns"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("customers", models.PositiveIntegerField(default=0)),
                ("moved", models.JSONField(default=dict)),
                ("closed_log_in", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("receivers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandedOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_back_at", models.DateTimeField(null=True)),
                (
                    "from_team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="access.team"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="customer.party"
                    ),
                ),
                (
                    "source_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customer.sourcerecord"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="customer.handover"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("claim_cap", models.PositiveIntegerField(default=10)),
                ("holding_cap", models.PositiveIntegerField(default=100)),
                ("cool_down_days", models.PositiveIntegerField(default=7)),
                (
                    "hidden",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name", "Name"),
                                ("phone", "Phone"),
                                ("email", "E-mail"),
                                ("address", "Street and postcode"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("default_days", models.PositiveIntegerField(default=30)),
                ("renewal_days", models.PositiveIntegerField(default=15)),
                ("maximum_days", models.PositiveIntegerField(default=180)),
                ("warning_days", models.PositiveIntegerField(default=3)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("roles", models.ManyToManyField(blank=True, related_name="+", to="access.role")),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.team",
                    ),
                ),
                ("teams", models.ManyToManyField(blank=True, related_name="+", to="access.team")),
            ],
        ),
        migrations.CreateModel(
            name="HoldingCap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tier",
                    models.CharField(
                        choices=[("vip", "VIP"), ("major", "Major"), ("ordinary", "Ordinary"), ("small", "Small")],
                        max_length=10,
                    ),
                ),
                ("most", models.PositiveIntegerField()),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tier_caps", to="customer.pool"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("claimed", "claimed"),
                            ("assigned", "assigned"),
                            ("enrolled", "taken under the rules"),
                        ],
                        max_length=8,
                    ),
                ),
                ("claimed_at", models.DateTimeField()),
                ("day", models.DateField()),
                ("renewal_days", models.PositiveIntegerField()),
                ("followed_at", models.DateTimeField(null=True)),
                ("recycle_at", models.DateTimeField()),
                ("maximum_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("returned", "returned"),
                            ("recycled", "protection ended"),
                            ("reassigned", "given to somebody else"),
                            ("undone", "taken back"),
                            ("closed", "the pool was closed"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="customer.party"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customer.sourcerecord"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="customer.pool"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecycleRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("follow_up", "the last follow-up"),
                            ("order", "the last order"),
                            ("contract", "the end of the contract"),
                        ],
                        max_length=9,
                    ),
                ),
                ("days", models.PositiveIntegerField()),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("vip", "VIP"), ("major", "Major"), ("ordinary", "Ordinary"), ("small", "Small")],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("field", models.CharField(blank=True, default="", max_length=60)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="customer.pool"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="pool",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pools",
                to="customer.territory",
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="customer.territory",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["territory", "sort_key", "id"], name="party_by_territory"),
        ),
        migrations.AddField(
            model_name="territoryrule",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="customer.territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="handedover",
            constraint=models.UniqueConstraint(fields=("handover", "source_record"), name="handed_over_once"),
        ),
        migrations.AddConstraint(
            model_name="holdingcap",
            constraint=models.UniqueConstraint(fields=("pool", "tier"), name="one_holding_cap_per_tier"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("released_at__isnull", True)), fields=["holder", "pool"], name="claim_held"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["holder", "day"], name="claim_by_day"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("released_at__isnull", True)), fields=["recycle_at"], name="claim_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("source_record",),
                name="one_standing_claim_per_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("recycle_at__lte", models.F("maximum_at"))), name="never_beyond_the_maximum"
            ),
        ),
        migrations.AddConstraint(
            model_name="recyclerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "contract"), models.Q(("field", ""), _negated=True)),
                    models.Q(models.Q(("after", "contract"), _negated=True), ("field", "")),
                    _connector="OR",
                ),
                name="only_a_contract_rule_names_a_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("territory", "team"),
                name="one_open_pool_per_scope",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.CheckConstraint(
                condition=models.Q(("territory__isnull", True), ("team__isnull", True), _connector="OR"),
                name="a_pool_has_one_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.CheckConstraint(
                condition=models.Q(("default_days__lte", models.F("maximum_days"))), name="default_within_maximum"
            ),
        ),
        migrations.AddConstraint(
            model_name="territoryrule",
            constraint=models.UniqueConstraint(fields=("country", "place", "postcode"), name="one_territory_per_rule"),
        ),
        migrations.AddConstraint(
            model_name="territoryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("country", ""), ("place", ""), ("postcode", ""), _negated=True),
                name="a_territory_rule_says_something",
            ),
        ),
    ]
