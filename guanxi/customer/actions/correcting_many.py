"""One field typed over in a list, of many customers at once or of one in its place, and taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.actions.correcting import correct_field, told
from guanxi.customer.actions.own_records import own_records
from guanxi.customer.actions.typed import typed
from guanxi.customer.actions.undoing import undo_once
from guanxi.customer.fields import SENSITIVE, Value, believed_value, is_sensitive
from guanxi.customer.intake import recompute
from guanxi.customer.models import Party, Source, SourceRecord
from guanxi.customer.survivorship import CUSTOM
from guanxi.customer.timeline import Occurrence, record_all
from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError

CORRECTED = "customer.corrected_together"
CORRECTION_UNDONE = "customer.correction_together_undone"
SHARED = ("kind", "street", "city", "postcode", "country", "language")  # what many customers can have in common


@transaction.atomic
def correct_many(*, parties: Collection[int], field: str, text: str, by: User, at: datetime) -> Entry | None:
    """Type over one shared field of many customers. The audit entry can undo it; None when all have it already.

    Raises UserError when the field is each customer's own, or the text no value of it.
    """
    if field not in SHARED:
        raise UserError(_("This field is each customer's own. Nothing was changed; change it on the customer's page."))
    value = typed(field, text, "", at)
    believed = _believed(Party.objects.filter(pk__in=parties).exclude(**{field: value}), field)
    if not believed:
        return None
    said = _own(believed, at)
    before = {str(party): [own.fields.get(field), own.payload.get(field)] for party, own in said.items()}
    for own in said.values():
        own.fields[field], own.as_of = value, at
        own.payload[field] = {"value": text, "at": at.isoformat(), "by": by.pk}
    _settle(said, field, believed, by, at)
    return note(verb=CORRECTED, by=by, at=at, field=field, before=before, after=value)


@transaction.atomic
def undo_correction(*, entry: Entry, by: User, at: datetime) -> set[int]:
    """Take the field back where nobody has typed it since, once; returns for whom. Raises UserError.

    A field that has become sensitive since is taken back only by who may see what comes back.
    """
    undo_once(entry, verb=CORRECTION_UNDONE)
    field, before = entry.facts["field"], entry.facts["before"]
    if is_sensitive(field) and not may(by, SENSITIVE):
        raise UserError(_("This field is sensitive by now. Nothing was changed; ask somebody who may see it."))
    theirs = visible_parties(by, "customer.write").filter(pk__in=before)
    believed = _believed(theirs, field)
    typed_then = {party: own for party, own in _own(believed, at).items() if _is_of(own, field, entry)}
    for party, own in typed_then.items():
        _put_back(own.fields, field, before[str(party)][0])
        _put_back(own.payload, field, before[str(party)][1])
    _settle(typed_then, field, believed, by, at)
    note(verb=CORRECTION_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", parties=len(typed_then))
    return set(typed_then)


@transaction.atomic
def correct_in_place(*, party: Party, field: str, text: str, seen: str, by: User, at: datetime) -> Entry | None:
    """Type over one field of one customer. The audit entry can undo it; None when that is believed already.

    Raises UserError as `correct_field` does. Of a sensitive field the trail would keep what was said: it has its page.
    """
    if is_sensitive(field):
        raise UserError(_("This field is sensitive. Nothing was changed; change it on the customer's page."))
    before = _typed(party, field)
    correct_field(party=party, field=field, text=text, seen=seen, by=by, at=at)
    after = _typed(party, field)
    if after == before:
        return None
    facts = {"field": field, "before": {str(party.pk): before}, "after": after[0]}
    return note(verb=CORRECTED, by=by, at=at, subject=f"party:{party.pk}", **facts)


def _typed(party: Party, field: str) -> list[Any]:
    """What the customer's own record says of a field, and who typed it when."""
    own = SourceRecord.objects.filter(source__key=Source.OWN, external_id=str(party.pk)).first()
    return [own.fields.get(field), own.payload.get(field)] if own else [None, None]


def _believed(parties: QuerySet[Party], field: str) -> dict[int, Value]:
    column = "custom" if field.startswith(CUSTOM) else field
    return {each.pk: believed_value(each, field) for each in parties.only(column)}


def _own(parties: Collection[int], at: datetime) -> dict[int, SourceRecord]:
    """Party → its own record, held until the transaction ends."""
    records = own_records(parties=parties, at=at)
    held = SourceRecord.objects.select_for_update(no_key=True).order_by("pk").in_bulk(records.values())
    return {party: held[pk] for party, pk in records.items()}


def _is_of(own: SourceRecord, field: str, entry: Entry) -> bool:
    said = own.payload.get(field)
    return said is not None and said["at"] == entry.at.isoformat() and own.fields.get(field) == entry.facts["after"]


def _put_back(kept: dict[str, Any], field: str, before: Any) -> None:
    if before is None:
        kept.pop(field, None)
    else:
        kept[field] = before


def _settle(
    said: Mapping[int, SourceRecord], field: str, believed: Mapping[int, Value], by: User, at: datetime
) -> None:
    """Write the records, believe anew, and tell each timeline."""
    SourceRecord.objects.bulk_update(said.values(), ["fields", "payload", "as_of"], batch_size=1000)
    recompute(list(said))
    now = _believed(Party.objects.filter(pk__in=said), field)
    record_all(
        [
            Occurrence(
                party=party,
                source_record=own.pk,
                what=told(field, believed[party], now[party]),
                at=at,
                by=by,
            )
            for party, own in said.items()
        ]
    )
