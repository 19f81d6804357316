from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.actions.typed import require_person, typed
from guanxi.customer.fields import Value, as_text, believed_value, is_sensitive
from guanxi.customer.intake import recompute
from guanxi.customer.models import Identifier, Party, Source, SourceRecord
from guanxi.customer.timeline import FieldCorrected, Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.errors import UserError

POINTING = {"email", "phone"}


@transaction.atomic
def correct_field(*, party: Party, field: str, text: str, by: User, at: datetime, seen: str | None = None) -> Party:
    """Type over what the sources say about one field; it stands until it is withdrawn. Raises UserError.

    Correcting to what is believed already changes nothing. `seen` is what was believed when the person began to type;
    when something else is believed by now, nothing is changed.
    """
    company = current()
    party = Party.objects.get(pk=party.pk)
    value = typed(field, text, party.country if len(party.country) == 2 else company.country if company else "", at)
    require_person(party.kind, field == "born" and value)
    if value == believed_value(party, field):
        return party
    own = _locked(own_record(party=party, at=at))  # records come before parties, as with everybody who changes both
    party = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    believed = believed_value(party, field)
    before = as_text(believed)
    if seen is not None and seen != before:
        raise UserError(
            _("Meanwhile somebody changed this to “%(now)s”. Nothing was saved. Save again to replace that.")
            % {"now": before}
        )
    if value == believed:
        return party
    typed_before = own.fields.get(field, "")
    own.fields[field] = value
    own.payload[field] = {"value": text, "at": at.isoformat(), "by": by.pk}
    own.as_of = at
    own.save(update_fields=["fields", "payload", "as_of"])
    _point(own, field, typed_before)
    return _settled(party, own, told(field, believed, value), by, at)


@transaction.atomic
def withdraw_correction(*, party: Party, field: str, by: User, at: datetime) -> Party:
    """Believe the sources again about one field. Without a correction nothing changes.

    Of a customer who was merged, both may have been corrected: what was typed about either is withdrawn.
    """
    before = believed_value(party, field)
    corrected = SourceRecord.objects.filter(party=party, source__key=Source.OWN, fields__has_key=field).order_by("pk")
    said = list(corrected.select_for_update(of=("self",), no_key=True))
    if not said:
        return party
    for each in said:
        typed_before = each.fields.pop(field)
        each.payload.pop(field)
        each.save(update_fields=["fields", "payload"])
        _point(each, field, typed_before)
    own = own_record(party=party, at=at)
    recompute([party.pk])
    believed = believed_value(Party.objects.get(pk=party.pk), field)
    return _settled(party, own, told(field, before, believed), by, at)


def told(field: str, before: Value, after: Value) -> FieldCorrected:
    """What the timeline says of a correction; of a sensitive field only that it was changed."""
    if is_sensitive(field):
        return FieldCorrected(field=field, before="", after="")
    return FieldCorrected(field=field, before=as_text(before), after=as_text(after))


def _locked(own: SourceRecord) -> SourceRecord:
    return SourceRecord.objects.select_for_update(no_key=True).get(pk=own.pk)


def _point(own: SourceRecord, field: str, typed_before: str) -> None:
    """An address typed by hand points at the customer like one from a source; others added by hand stay."""
    if field not in POINTING:
        return
    Identifier.objects.filter(source_record=own, kind=field, value=typed_before).delete()
    if value := own.fields.get(field):
        Identifier.objects.get_or_create(
            source_record=own, kind=field, value=value, defaults={"party_id": own.party_id, "raw": value}
        )


def _settled(party: Party, own: SourceRecord, what: FieldCorrected, by: User, at: datetime) -> Party:
    recompute([party.pk])
    record(Occurrence(party=party.pk, source_record=own.pk, what=what, at=at, by=by))
    return Party.objects.get(pk=party.pk)
