"""Customers who live together: a party of its own, to which what they share belongs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from guanxi.customer.actions.creating import create_customer
from guanxi.customer.actions.relating import begin_relationship
from guanxi.customer.models import Event, Identifier, Party, PartyRole, Registration, Relationship, SourceRecord
from guanxi.customer.normal import is_chinese
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError

SHARED = ("phone", "street", "postcode", "city", "country")
FOUNDING = ("customer.created",)


@dataclass(frozen=True)
class Joined:
    """What `unite_household` did: the household, whether it was founded for this, and the memberships it began."""

    household: Party
    is_new: bool
    memberships: tuple[int, ...]


@transaction.atomic
def unite_household(*, members: Sequence[Party], by: User, at: datetime) -> Joined:
    """Let customers belong to one household: the one that any of them is in, else a new one. Raises UserError."""
    if any(each.kind != Party.Kind.PERSON for each in members):
        raise UserError(_("Only persons live in a household. Nothing was changed."))
    standing = Relationship.objects.filter(party__in=members, kind=Relationship.Kind.HOUSEHOLD, until=None)
    found = {each.other_id: each.other for each in standing.select_related("other")}
    if len(found) > 1:
        raise UserError(_("They live in different households. Let one of them leave first. Nothing was changed."))
    household = next(iter(found.values()), None)
    is_new = household is None
    if household is None:
        household = _found_household(members, by, at)
    belonging = set(standing.values_list("party_id", flat=True))
    fresh = [each for each in members if each.pk not in belonging]
    if not fresh:
        raise UserError(_("They are one household already. Nothing was changed."))
    made = [
        begin_relationship(party=each, other=household, kind=Relationship.Kind.HOUSEHOLD, since=at.date(), by=by, at=at)
        for each in fresh
    ]
    return Joined(household, is_new, tuple(each.pk for each in made))


@transaction.atomic
def part_household(*, household: int, memberships: Sequence[int], is_new: bool) -> None:
    """Take `unite_household` back. A household founded by it goes too, unless somebody has worked on it since."""
    Relationship.objects.filter(pk__in=memberships, other=household).delete()
    party = Party.objects.filter(pk=household).first()
    if is_new and party is not None and not _is_worked_on(party):
        _forget(party)


def shared_fields(members: Sequence[Party]) -> dict[str, str]:
    """The address and phone that all of them have."""
    first, *others = members
    return {
        name: getattr(first, name)
        for name in SHARED
        if getattr(first, name) and all(getattr(each, name) == getattr(first, name) for each in others)
    }


def _found_household(members: Sequence[Party], by: User, at: datetime) -> Party:
    fields = {"name": _household_name(members), "kind": Party.Kind.HOUSEHOLD.value, **shared_fields(members)}
    return create_customer(fields=fields, owner=members[0].owner, by=by, at=at)


def _household_name(members: Sequence[Party]) -> str:
    """Named after the family, or after both of two."""
    names = list(dict.fromkeys(_family(each.name) for each in members))
    return _("Household of %(names)s") % {"names": "、".join(names) if is_chinese(names[0]) else ", ".join(names)}


def _family(name: str) -> str:
    return name[:1] if is_chinese(name) else name.rsplit(maxsplit=1)[-1]


def _is_worked_on(party: Party) -> bool:
    events = Event.objects.filter(party=party).exclude(kind__in=FOUNDING)
    records = SourceRecord.objects.filter(party=party)
    return events.exists() or records.count() > 1 or Relationship.objects.filter(other=party).exists()


def _forget(party: Party) -> None:
    """Remove what founding made; whatever else hangs on the party keeps all of it."""
    try:
        with transaction.atomic():
            for model in (Event, Registration, PartyRole, Identifier):
                model._default_manager.filter(party=party).delete()
            SourceRecord.objects.filter(party=party).delete()
            party.delete()
    except ProtectedError:
        return
