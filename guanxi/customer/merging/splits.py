"""What one source says turns out to be about somebody else: the record leaves, and can be put back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.merging.events import SplitOff, SplitUndone
from guanxi.customer.merging.following import follow, hold, take_turns
from guanxi.customer.merging.telling import tell
from guanxi.customer.models import Merge, Party, Source, SourceRecord, Split
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError


@transaction.atomic
def split_off(*, record: SourceRecord, by: User, at: datetime) -> Split:
    """Give one source record a customer of its own; everything that hangs on the record goes along.

    The new customer has the owner and team of the one it leaves. Raises UserError for what was typed here, for the
    last thing known of a customer, and for a record that was split off already.
    """
    take_turns()
    record = SourceRecord.objects.select_related("source", "party").get(pk=record.pk)
    members = hold([record.party_id])
    _refuse(record)
    left = record.party
    made = Party.objects.create(
        name=left.name, kind=left.kind, created_at=at, owner_id=left.owner_id, team_id=left.team_id
    )
    split = Split.objects.create(record=record, party=made, at=at, by=by)
    follow([*members, made.pk])
    tell(record.home_id, SplitOff(source=record.source.name, number=record.external_id), by=by, at=at)
    note(verb="customer.split_off", by=by, at=at, subject=f"party:{left.pk}", made=made.pk, split=split.pk)
    return split


def _refuse(record: SourceRecord) -> None:
    if record.source.key == Source.OWN:
        raise UserError(_("What was typed here cannot be split off. Nothing was changed. Correct the fields instead."))
    if Split.objects.filter(record=record, undone_at=None).exists():
        raise UserError(_("This has been split off already. Nothing was changed. Undo the merge that brought it here."))
    others = SourceRecord.objects.filter(party=record.party_id, home=record.home_id, splits__isnull=True)
    if not others.exclude(pk=record.pk).exists():
        raise UserError(
            _("Nothing else is known of this customer. Nothing was changed. Undo a merge instead, or merge.")
        )


@transaction.atomic
def undo_split(*, split: Split, by: User, at: datetime) -> Split:
    """Put the record back where it came from. Raises UserError when it is back, or others have built on the split.

    Whoever was merged with the customer made for it, or wrote about that one, would lose their place; then the two
    customers can still be merged.
    """
    take_turns()
    held = Split.objects.select_for_update(of=("self",)).select_related("record__source", "party").get(pk=split.pk)
    if held.undone_at is not None:
        raise UserError(_("This has been put back already. Nothing was changed."))
    members = hold([held.party_id, held.record.home_id])
    merged = Merge.objects.filter(undone_at=None, absorbed=held.party_id) | Merge.objects.filter(
        undone_at=None, survivor=held.party_id
    )
    if merged.exists() or SourceRecord.objects.filter(home=held.party_id).exists():
        raise UserError(
            _("“%(name)s” has been worked with since. Nothing was changed. Merge the two customers instead.")
            % {"name": held.party.name}
        )
    held.undone_at, held.undone_by = at, by
    held.save(update_fields=["undone_at", "undone_by"])
    follow(members)
    source = held.record.source.name
    tell(held.record.home_id, SplitUndone(source=source, number=held.record.external_id), by=by, at=at)
    note(verb="customer.split_undone", by=by, at=at, subject=f"party:{held.record.party_id}", split=held.pk)
    return held
