"""Where customers belong: territories with their rules, and books handed from one colleague to others."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty

PERSON = settings.AUTH_USER_MODEL


class Territory(models.Model):
    """A part of the map and the colleagues who work it. Who works a territory works the ones inside it."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    members = models.ManyToManyField("accounts.User", blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class TerritoryRule(models.Model):
    """Customers of this country, in this place, under this postcode belong here; an empty part asks for nothing.

    A place is a city, or a province that the address begins with. The rule that says most wins: a longer postcode
    before a place, a place before a country.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="rules")
    country = models.CharField(max_length=60, blank=True, default="")  # as in Party.country
    place = models.CharField(max_length=120, blank=True, default="")
    postcode = models.CharField(max_length=20, blank=True, default="")  # its first signs, without spaces

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "place", "postcode"], name="one_territory_per_rule"),
            models.CheckConstraint(
                condition=~Q(country="", place="", postcode=""), name="a_territory_rule_says_something"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.country, self.place, self.postcode) if part)


class Handover(models.Model):
    """All that a colleague looked after was given to others in one act, which can be undone once."""

    class Way(models.TextChoices):
        TURNS = "turns", _("in turns")
        LOAD = "load", _("to whoever has the fewest")
        TERRITORY = "territory", _("by territory, otherwise in turns")

    leaver = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    receivers = models.ManyToManyField("accounts.User", related_name="+")
    way = models.CharField(max_length=9, choices=Way)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    customers = models.PositiveIntegerField(default=0)
    # {portion: [[row, receiver, what stood there before], …]}: work that moved along, see customer.handing
    moved = models.JSONField(default=dict)
    closed_log_in = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"book of {self.leaver_id}, {self.at:%Y-%m-%d}"


class HandedOver(AboutParty):
    """One customer of a book that was handed over: from which team, to whom."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    from_team = models.ForeignKey("access.Team", models.SET_NULL, null=True, related_name="+")
    to = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "source_record"], name="handed_over_once")]

    def __str__(self) -> str:
        return f"{self.party_id} to {self.to_id}"
