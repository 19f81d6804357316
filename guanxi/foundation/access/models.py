"""Roles and what they may do: deny by default, one grant a line."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """Whose customers a grant covers; ordered from narrow to wide."""

    OWN = "own", _("own customers")
    TEAM = "team", _("the team's customers")
    TERRITORY = "territory", _("the team's and the territory's customers")
    ALL = "all", _("every customer")


class Team(models.Model):
    """Colleagues who share customers."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A named set of grants, such as representative or manager."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return gettext(self.name)  # the starting roles' names are in the catalogue; others stay as typed


class Grant(models.Model):
    """A role may do `verb` (such as `customer.read`) as far as `reach` goes. No grant, no right."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    verb = models.CharField(max_length=60)
    reach = models.CharField(max_length=9, choices=Reach, default=Reach.ALL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "verb"], name="one_grant_per_verb")]

    def __str__(self) -> str:
        return f"{self.role}: {self.verb} ({self.reach})"
