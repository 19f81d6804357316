from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.actions.registering import register_first
from guanxi.customer.actions.typed import typed, typed_value
from guanxi.customer.intake import recompute
from guanxi.customer.models import Identifier, Party, PartyRole
from guanxi.customer.normal import kind_of
from guanxi.customer.privacy.refusing import require_not_erased
from guanxi.customer.timeline import Created, Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current


@transaction.atomic
def create_customer(*, fields: Mapping[str, str], owner: User | None, by: User, at: datetime, note: str = "") -> Party:
    """A customer typed in by a colleague, and registered by whom. Raises UserError.

    `fields` are golden and custom fields as written; a name is needed. `note` stands on the registration.
    """
    kept = _typed(fields)
    require_not_erased(kept)
    party = Party.objects.create(name=kept["name"], created_at=at, owner=owner, team=owner.team if owner else None)
    own = own_record(party=party, at=at)
    own.fields = kept
    own.payload = {
        name: {"value": fields.get(name, value), "at": at.isoformat(), "by": by.pk} for name, value in kept.items()
    }
    own.save(update_fields=["fields", "payload"])
    Identifier.objects.bulk_create(
        Identifier(source_record=own, party=party, kind=kind, value=kept[kind], raw=fields[kind])
        for kind in ("email", "phone")
        if kept.get(kind)
    )
    PartyRole.objects.create(source_record=own, party=party, role=PartyRole.Role.CUSTOMER, since=at.date())
    recompute([party.pk])
    record(Occurrence(party=party.pk, source_record=own.pk, what=Created(source=own.source.name), at=at, by=by))
    register_first(party=party, by=by, at=at, note=note)
    return Party.objects.get(pk=party.pk)


def _typed(fields: Mapping[str, str]) -> dict[str, Any]:
    company = current()
    country = typed_value("country", fields.get("country", ""), "")
    region = country if len(country) == 2 else company.country if company else ""
    kept = {name: typed(name, text, region) for name, text in fields.items() if text}
    kept["name"] = name = typed_value("name", fields.get("name", ""), region)
    kept.setdefault("kind", kind_of(name))
    return kept
