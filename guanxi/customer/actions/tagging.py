from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.actions.own_records import own_records
from guanxi.customer.actions.undoing import undo_once
from guanxi.customer.models import PartyTag, Tag
from guanxi.customer.normal import plain_text
from guanxi.customer.timeline import Occurrence, Tagged, record_all
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError

TAGGED = "customer.tagged"
TAGGING_UNDONE = "customer.tagging_undone"
UNTAGGED = "customer.untagged"
UNTAGGING_UNDONE = "customer.untagging_undone"
LONGEST = Tag._meta.get_field("name").max_length or 0


@transaction.atomic
def tag(*, parties: Collection[int], name: str, by: User, at: datetime) -> Entry | None:
    """Put a word on customers. The audit entry can undo it; None when all have it already. Raises UserError."""
    word = plain_text(name)
    if not word or len(word) > LONGEST:
        raise UserError(_("A tag is a word of at most %(most)s characters. Nothing was changed.") % {"most": LONGEST})
    used = Tag.objects.get(pk=Tag.objects.ensure([word])[word])
    if used.retired_at:
        raise UserError(_("The tag “%(tag)s” is retired. Nothing was changed; use another one.") % {"tag": used.name})
    having = set(PartyTag.objects.filter(tag=used, party__in=parties).values_list("party_id", flat=True))
    fresh = sorted(set(parties) - having)
    if not fresh:
        return None
    records = own_records(parties=fresh, at=at)
    PartyTag.objects.bulk_create(
        (PartyTag(source_record_id=records[pk], party_id=pk, tag=used, by=by, at=at) for pk in fresh),
        ignore_conflicts=True,
    )
    record_all(
        [Occurrence(party=pk, source_record=records[pk], what=Tagged(tag=used.name), at=at, by=by) for pk in fresh]
    )
    return note(verb=TAGGED, by=by, at=at, tag=used.name, parties=fresh)


@transaction.atomic
def untag(*, parties: Collection[int], name: str, by: User, at: datetime) -> Entry | None:
    """Take a word off customers, whoever put it there. The audit entry can undo it; None when nobody had it."""
    uses = PartyTag.objects.filter(tag__in=Tag.objects.named([name]).values(), party__in=parties)
    had = sorted(set(uses.values_list("party_id", flat=True)))
    if not had:
        return None
    uses.delete()
    records = own_records(parties=had, at=at)
    what = Tagged(tag=name, removed=True)
    record_all([Occurrence(party=pk, source_record=records[pk], what=what, at=at, by=by) for pk in had])
    return note(verb=UNTAGGED, by=by, at=at, tag=name, parties=had)


@transaction.atomic
def undo_tagging(*, entry: Entry, by: User, at: datetime) -> set[int]:
    """Take the word off the customers it was put on by this entry, once; returns from whom.

    Customers whom the colleague may no longer change keep it. Raises UserError when it was undone already.
    """
    undo_once(entry, verb=TAGGING_UNDONE)
    done = _done(untag(parties=_theirs(entry, by), name=entry.facts["tag"], by=by, at=at))
    note(verb=TAGGING_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", parties=len(done))
    return done


@transaction.atomic
def undo_untagging(*, entry: Entry, by: User, at: datetime) -> set[int]:
    """Put the word back on whom it was taken off by this entry, once; returns on whom. Raises UserError."""
    undo_once(entry, verb=UNTAGGING_UNDONE)
    done = _done(tag(parties=_theirs(entry, by), name=entry.facts["tag"], by=by, at=at))
    note(verb=UNTAGGING_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", parties=len(done))
    return done


def _theirs(entry: Entry, by: User) -> list[int]:
    """Those of an entry's customers whom this colleague may change."""
    changeable = visible_parties(by, "customer.write").filter(pk__in=entry.facts["parties"])
    return list(changeable.values_list("pk", flat=True))


def _done(entry: Entry | None) -> set[int]:
    return set(entry.facts["parties"]) if entry else set()
