from collections.abc import Collection

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from guanxi.customer.models.about import AboutParty

PERSON = settings.AUTH_USER_MODEL


class Tags(models.Manager["Tag"]):
    """Tags by the words that mean them: a renamed or absorbed tag still answers to its former name."""

    def named(self, names: Collection[str]) -> dict[str, int]:
        """Word → tag, for those of the words that are known."""
        wanted = list(names)
        found = self.filter(models.Q(name__in=wanted) | models.Q(former_names__overlap=wanted))
        known: dict[str, int] = {}
        for pk, name, former in found.values_list("pk", "name", "former_names"):
            known |= {word: pk for word in former if word in wanted and word not in known}
            known |= {name: pk} if name in wanted else {}
        return known

    def ensure(self, names: Collection[str]) -> dict[str, int]:
        """Word → tag, made where it is missing."""
        missing = set(names) - set(self.named(names))
        self.bulk_create([Tag(name=name) for name in sorted(missing)], ignore_conflicts=True)
        return self.named(names)


class Tag(models.Model):
    """A word put on customers by hand. Computed tags are declared by insight and stand in the readings.

    `former_names` keeps sources, saved views and segments understood that know the tag by an earlier word. A retired
    tag stays on its customers and is not offered any more.
    """

    name = models.CharField(max_length=60, unique=True)
    former_names = ArrayField(models.CharField(max_length=60), default=list, db_default=[])
    description = models.CharField(max_length=300, blank=True, default="", db_default="")
    owner = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    objects = Tags()

    def __str__(self) -> str:
        return self.name


class TagSteward(models.Model):
    """Whom to ask about a computed tag, by the key under which insight declares it."""

    key = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.key}: {self.person_id}"


class PartyTag(AboutParty):
    """Who put which tag on a customer, and when."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="uses")
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_record", "tag"], name="one_use_per_tag")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.tag_id}"
