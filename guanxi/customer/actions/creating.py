from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from guanxi.customer.actions.own_records import fresh_own_record
from guanxi.customer.actions.registering import LONGEST_NOTE
from guanxi.customer.actions.typed import require_person, typed, typed_value
from guanxi.customer.intake import believed_of_one
from guanxi.customer.models import Identifier, Party, PartyRole, Registration, SourceRecord
from guanxi.customer.normal import kind_of
from guanxi.customer.privacy.refusing import require_not_erased
from guanxi.customer.search import learn
from guanxi.customer.territories import place
from guanxi.customer.timeline import Created, Occurrence, event_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.inserting import insert


def create_customer(*, fields: Mapping[str, str], owner: User | None, by: User, at: datetime, note: str = "") -> Party:
    """A customer typed in by a colleague, and registered by whom. Raises UserError.

    `fields` are golden and custom fields as written; a name is needed. `note` stands on the registration. What is
    believed is known before anything is stored, as nobody else has told of the customer: all rows go in at once.
    """
    kept = _typed(fields, at)
    require_not_erased(kept)
    party = Party(created_at=at, owner=owner, team=owner.team if owner else None)
    own = fresh_own_record(party=party, at=at)
    own.fields = kept
    own.payload = {
        name: {"value": fields.get(name, value), "at": at.isoformat(), "by": by.pk} for name, value in kept.items()
    }
    identifiers = [
        Identifier(source_record=own, party=party, kind=kind, value=kept[kind], raw=fields[kind])
        for kind in ("email", "phone")
        if kept.get(kind)
    ]
    for name, value in believed_of_one(own, [(each.kind, each.value) for each in identifiers]).items():
        setattr(party, name, value)
    with transaction.atomic(savepoint=False):
        insert([party, own, *identifiers, *_about(party, own, by=by, at=at, note=note)])
        learn([party.name, party.latin_name])
        if place([party.pk]):
            party.refresh_from_db(fields=["territory"])
    return party


def _about(party: Party, own: SourceRecord, *, by: User, at: datetime, note: str) -> Iterator[Model]:
    """The customer's role, how it entered the record, and who brought it."""
    yield PartyRole(source_record=own, party=party, role=PartyRole.Role.CUSTOMER, since=at.date())
    what = Created(source=own.source.name)
    yield event_of(Occurrence(party=party.pk, source_record=own.pk, what=what, at=at, by=by))
    yield Registration(source_record=own, party=party, by=by, at=at, is_first=True, note=note[:LONGEST_NOTE])


def _typed(fields: Mapping[str, str], at: datetime) -> dict[str, Any]:
    company = current()
    country = typed_value("country", fields.get("country", ""), "")
    region = country if len(country) == 2 else company.country if company else ""
    kept = {name: typed(name, text, region, at) for name, text in fields.items() if text}
    kept["name"] = name = typed_value("name", fields.get("name", ""), region)
    kept.setdefault("kind", Party.Kind.PERSON.value if kept.get("born") else kind_of(name))
    require_person(str(kept["kind"]), kept.get("born"))
    return kept
