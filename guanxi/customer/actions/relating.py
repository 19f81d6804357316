from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_records
from guanxi.customer.models import Party, Relationship
from guanxi.customer.timeline import Occurrence, record
from guanxi.customer.timeline.bonds import Related
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError

Kind = Relationship.Kind
# Whom one can stand to in this way; the rest can be with anybody.
OTHER_MUST_BE = {
    Kind.WORKS_AT: Party.Kind.ORGANISATION,
    Kind.SUBSIDIARY_OF: Party.Kind.ORGANISATION,
    Kind.HOUSEHOLD: Party.Kind.HOUSEHOLD,
}


@transaction.atomic
def begin_relationship(
    *,
    party: Party,
    other: Party,
    kind: str,
    by: User,
    at: datetime,
    since: date | None = None,
    title: str = "",
    role: str = "",
) -> Relationship:
    """Note how `party` stands to `other`, from a day on (None: nobody knows). Raises UserError.

    `role` is what somebody who works there does when the firm buys.
    """
    _check(party, other, kind, role)
    records = own_records(parties=sorted([party.pk, other.pk]), at=at)
    own, other_own = records[party.pk], records[other.pk]
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # who types the same thing at once takes turns
    standing = Relationship.objects.filter(kind=kind).filter(
        Q(party=party, other=other, until=None) | Q(source_record=own, other_record=other_own, since=since)
    )
    if standing.exists():
        raise UserError(_("This relationship is known already. Nothing was changed."))
    made = Relationship.objects.create(
        source_record_id=own,
        party=party,
        other_record_id=other_own,
        other=other,
        kind=kind,
        title=title,
        role=role,
        since=since,
    )
    _tell(made, by, at)
    return made


@transaction.atomic
def end_relationship(*, relationship: Relationship, until: date, by: User, at: datetime) -> None:
    """From this day on it no longer holds; that it did stays known. Raises UserError."""
    held = Relationship.objects.select_for_update().get(pk=relationship.pk)
    if held.until is not None:
        raise UserError(_("This relationship has ended already. Nothing was changed."))
    if held.since is not None and until < held.since:
        raise UserError(_("It cannot end before it began. Nothing was changed."))
    held.until = until
    held.save(update_fields=["until"])
    _tell(held, by, at, ended=True)


def _check(party: Party, other: Party, kind: str, role: str) -> None:
    if kind not in Kind.values:
        raise UserError(_("Choose how they stand to each other. Nothing was changed."))
    if party.pk == other.pk:
        raise UserError(_("Nobody stands in a relationship to himself. Choose another customer."))
    needed = OTHER_MUST_BE.get(Kind(kind))
    if needed and other.kind != needed:
        words = {"kind": Kind(kind).label, "name": other.name, "needed": Party.Kind(needed).label}
        raise UserError(_("“%(kind)s” leads to: %(needed)s. %(name)s is none. Nothing was changed.") % words)
    if role and kind != Kind.WORKS_AT:
        raise UserError(_("Only somebody who works there has a role when the firm buys. Nothing was changed."))


def _tell(relationship: Relationship, by: User, at: datetime, *, ended: bool = False) -> None:
    what = Related(kind=relationship.kind, other=relationship.other.name, ended=ended)
    told = Occurrence(party=relationship.party_id, source_record=relationship.source_record_id, what=what, at=at, by=by)
    record(told)
