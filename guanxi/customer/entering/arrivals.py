"""What becomes of a typed customer: one of its own, part of a known one, one under review, or a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions import create_customer, own_record, register_again
from guanxi.customer.actions.typed import typed
from guanxi.customer.duplicates import propose
from guanxi.customer.entering.suspects import Suspect
from guanxi.customer.intake import ensure_source, hold_parties, recompute
from guanxi.customer.models import DuplicatePolicy, Identifier, Party, Proposal, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.errors import UserError

Action = DuplicatePolicy.Action
TYPED_AGAIN = "registrations"  # source of what colleagues typed about customers that were known already
RANK = 60  # behind every system: it fills what nobody says and overrides nothing
POINTING = ("email", "phone")


class Became(StrEnum):
    CREATED = "created"
    ATTACHED = "attached"
    REVIEW = "review"


@dataclass(frozen=True)
class Entry:
    """What a colleague typed, and when. `fields` are golden fields as written, `note` what it is about."""

    fields: Mapping[str, str]
    note: str
    by: User
    at: datetime


@transaction.atomic
def enter_customer(entry: Entry, found: Sequence[Suspect]) -> tuple[Party, Became]:
    """Keep the entry as a customer of its own; whom the policy sends to review is proposed, and told so.

    What would be attached, had the colleague the right to change that customer, goes to review too. Raises UserError.
    """
    made = create_customer(fields=entry.fields, owner=entry.by, by=entry.by, at=entry.at, note=entry.note)
    doubtful = [each for each in found if each.action in {Action.REVIEW, Action.ATTACH}]
    if not doubtful:
        return made, Became.CREATED
    own = own_record(party=made, at=entry.at)
    propose([(own.pk, each.likeness) for each in doubtful], origin=Proposal.Origin.ENTRY, at=entry.at)
    for each in doubtful:
        register_again(party=each.party, by=entry.by, at=entry.at, became=Became.REVIEW, note=entry.note)
    return made, Became.REVIEW


@transaction.atomic
def attach_to_known(entry: Entry, known: Party) -> tuple[Party, Became]:
    """What was typed becomes evidence about a known customer: it fills what nobody says and overrides nothing.

    It is a source record of its own, so that it can be split off again. Raises UserError, also when the customer was
    merged since the page was opened: whether the colleague may change the survivor has not been asked.
    """
    _hold(known)
    company = current()
    region = known.country if len(known.country) == 2 else company.country if company else ""
    kept = {name: typed(name, text, region, entry.at) for name, text in entry.fields.items() if text}
    again = register_again(party=known, by=entry.by, at=entry.at, became=Became.ATTACHED, note=entry.note)
    record = SourceRecord.objects.create(
        source=ensure_source(key=TYPED_AGAIN, name="Registrations", rank=RANK),
        external_id=str(again.pk),
        payload=dict(entry.fields),
        fields=kept,
        as_of=entry.at,
        received_at=entry.at,
        home=known,
        party=known,
    )
    Identifier.objects.bulk_create(
        Identifier(source_record=record, party=known, kind=kind, value=str(kept[kind]), raw=entry.fields[kind])
        for kind in POINTING
        if kept.get(kind)
    )
    recompute([known.pk])
    return Party.objects.get(pk=known.pk), Became.ATTACHED


def _hold(known: Party) -> None:
    living = hold_parties([known.pk])[known.pk]
    if living != known.pk:
        raise UserError(
            _("“%(name)s” has meanwhile been merged into “%(other)s”. Nothing was changed. Look at that customer.")
            % {"name": known.name, "other": Party.objects.get(pk=living)}
        )


def refuse_entry(entry: Entry, found: Sequence[Suspect]) -> None:
    """Nothing is stored but that, and when, the colleague brought customers who are known."""
    for each in found:
        if each.action == Action.BLOCK:
            register_again(party=each.party, by=entry.by, at=entry.at, became="refused", note=entry.note)
