from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.actions.typed import typed_value
from guanxi.customer.intake import recompute
from guanxi.customer.models import Identifier, Party, Source
from guanxi.customer.normal import plain_text
from guanxi.customer.normal.uscc import plain_uscc
from guanxi.customer.timeline import Happening, Occurrence, record
from guanxi.customer.timeline.bonds import IdentifierAdded, IdentifierVerified
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.errors import UserError

Kind = Identifier.Kind
LONGEST = Identifier._meta.get_field("value").max_length or 0
LONGEST_HOW = Identifier._meta.get_field("verified_how").max_length or 0


@transaction.atomic
def add_identifier(*, party: Party, kind: str, text: str, by: User, at: datetime) -> Identifier:
    """Note another phone, card or code of the customer, beside what the sources say. Raises UserError."""
    value = plain_identifier(kind, text, party)
    if Identifier.objects.filter(party=party, kind=kind, value=value).exists():
        raise UserError(_("This customer has “%(value)s” already. Nothing was changed.") % {"value": value})
    own = own_record(party=party, at=at)
    made = Identifier.objects.create(source_record=own, party=party, kind=kind, value=value, raw=text.strip()[:LONGEST])
    _tell(made, IdentifierAdded(kind=kind, value=value), by, at)
    recompute([party.pk])
    return made


@transaction.atomic
def remove_identifier(*, identifier: Identifier, by: User, at: datetime) -> None:
    """Take back an identifier that was typed in; those that a source says stay. Raises UserError."""
    record_of = identifier.source_record
    if record_of.source.key != Source.OWN:
        words = {"source": record_of.source.name}
        raise UserError(_("%(source)s says so. What a source says cannot be taken away here.") % words)
    if record_of.fields.get(identifier.kind) == identifier.value:
        raise UserError(_("This is a corrected field of the customer. Correct the field instead."))
    _tell(identifier, IdentifierAdded(kind=identifier.kind, value=identifier.value, removed=True), by, at)
    identifier.delete()
    recompute([identifier.party_id])


@transaction.atomic
def verify_identifier(*, identifier: Identifier, how: str, by: User, at: datetime) -> None:
    """Vouch that the identifier is this customer's own, whichever sources say it. Raises UserError without a how.

    Two customers with verified identifiers are never merged without a person.
    """
    told = plain_text(how)
    if not told or len(told) > LONGEST_HOW:
        words = {"most": LONGEST_HOW}
        raise UserError(_("Say how it was verified, in at most %(most)s characters. Nothing was saved.") % words)
    _same(identifier).update(verified_at=at, verified_by=by, verified_how=told)
    _tell(identifier, IdentifierVerified(kind=identifier.kind, value=identifier.value, how=told), by, at)


@transaction.atomic
def withdraw_verification(*, identifier: Identifier, by: User, at: datetime) -> None:
    """No longer vouch for it; the timeline keeps who did, and when."""
    _same(identifier).update(verified_at=None, verified_by=None, verified_how="")
    _tell(identifier, IdentifierVerified(kind=identifier.kind, value=identifier.value, withdrawn=True), by, at)


def plain_identifier(kind: str, text: str, party: Party) -> str:
    """The one spelling of an identifier typed for this customer. Raises UserError."""
    plain = plain_text(text)
    if kind not in Kind.values or not plain or len(plain) > LONGEST:
        raise UserError(_("Type what the customer is known by. Nothing was changed."))
    company = current()
    country = party.country if len(party.country) == 2 else company.country if company else ""
    spellings: dict[str, Callable[[str], str]] = {
        Kind.EMAIL: lambda given: typed_value("email", given, country),
        Kind.PHONE: lambda given: typed_value("phone", given, country),
        Kind.USCC: _uscc,
    }
    return spellings.get(kind, plain_text)(plain)


def _uscc(text: str) -> str:
    found = plain_uscc(text)
    if not found:
        complaint = _("“%(text)s” is no unified social credit code: 18 signs, of which the last checks the others.")
        raise UserError(complaint % {"text": text})
    return found


def _same(identifier: Identifier) -> QuerySet[Identifier]:
    """The identifier as every source of the customer says it."""
    return Identifier.objects.filter(party=identifier.party_id, kind=identifier.kind, value=identifier.value)


def _tell(identifier: Identifier, what: Happening, by: User, at: datetime) -> None:
    record(Occurrence(party=identifier.party_id, source_record=identifier.source_record_id, what=what, at=at, by=by))
