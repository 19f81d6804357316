"""A party: one person, organisation or household, remembered once. Its fields are derived from its source records."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Substr, Upper
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty


class Living(models.Manager["Party"]):
    """Customers as they stand today: those that were merged into another one are left out."""

    def get_queryset(self) -> models.QuerySet["Party"]:
        return super().get_queryset().filter(merged_into=None)


class Party(models.Model):
    """The golden record. Nobody types into it: survivorship computes it, and `provenance` says from which source.

    A party that was merged into another one keeps its row, so that its undoing finds it and old addresses still lead
    somewhere; `merged_into` is the party that holds its source records now. It follows from the merges that stand.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        HOUSEHOLD = "household", _("Household")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    latin_name = models.CharField(max_length=200, blank=True)  # as the customer writes it, else pinyin
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=32, blank=True)  # E.164
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)
    born = models.CharField(max_length=10, blank=True, default="", db_default="")  # YYYY-MM-DD; persons only
    # {field: [source record id, as-of time]}: who says so, since when
    provenance = models.JSONField(default=dict)
    sort_key = models.CharField(max_length=250, blank=True)  # pinyin or folded Latin
    search = models.TextField(blank=True, default="")  # tokens parted by one space, see customer.search
    search_vector = models.GeneratedField(
        expression=Func(Func(F("search"), Value(" "), function="string_to_array"), function="array_to_tsvector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )  # party_by_owner
    team = models.ForeignKey(
        "access.Team", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )  # party_by_team
    # derived from country, city and postcode by the territories' rules
    territory = models.ForeignKey(
        "customer.Territory", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )  # party_by_territory
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(null=True)  # the last thing that happened with this customer
    custom = models.JSONField(default=dict, db_default={})  # {key of a custom field: believed value}
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed", db_index=False)

    objects = Living()
    ever = models.Manager["Party"]()

    class Meta:
        indexes = [
            # Every search also reads what was written last and is not in order yet: let that be little (kilobytes).
            GinIndex(fields=["search_vector"], name="party_search", gin_pending_list_limit=256),
            models.Index(fields=["sort_key", "id"], name="party_by_name"),
            models.Index(F("touched_at").desc(nulls_last=True), "id", name="party_by_touch"),
            models.Index(fields=["owner", "sort_key", "id"], name="party_by_owner"),
            # The palette shows one's own first. After a large import those lie behind all that came in.
            models.Index(
                "owner",
                F("touched_at").desc(nulls_last=True),
                "id",
                name="party_by_owner_touch",
                condition=Q(owner__isnull=False),
            ),
            models.Index(fields=["team", "sort_key", "id"], name="party_by_team"),
            models.Index(fields=["territory", "sort_key", "id"], name="party_by_territory"),
            models.Index(fields=["country", "sort_key", "id"], name="party_by_country"),
            models.Index(fields=["created_at", "id"], name="party_by_entry"),
            models.Index(fields=["born"], name="party_by_birth", condition=Q(born__gt="")),
            models.Index(Substr("born", 6), name="party_by_birthday", condition=Q(born__gt="")),
            models.Index(OpClass(Upper("name"), name="text_pattern_ops"), name="party_by_spelling"),
            models.Index(OpClass(Upper("city"), name="text_pattern_ops"), name="party_by_city"),
            # Nearly all are living: an index that also holds those would tempt the planner to walk all of them.
            models.Index(fields=["merged_into"], name="party_absorbed", condition=Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class PartyRole(AboutParty):
    """What a party is to the company, from a day until a day. One party may hold several roles."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        SUPPLIER = "supplier", _("Supplier")
        OWNER = "owner", _("Owner")
        PARTNER = "partner", _("Partner")
        EMPLOYEE = "employee", _("Employee")

    source_record = models.ForeignKey(
        "customer.SourceRecord", models.PROTECT, related_name="+", db_index=False
    )  # one_role_per_start
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_record", "role", "since"], name="one_role_per_start")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.role}"
