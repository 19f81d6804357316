"""The copy of everything held about a customer: a page to read, and the same as JSON to carry away, in one zip."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import GeneratedField, Model
from django.template.loader import render_to_string

from guanxi.customer.models import Event, Merge, Party, Proposal, Relationship
from guanxi.customer.privacy.holdings import holdings
from guanxi.customer.privacy.subject import subject_of
from guanxi.customer.privacy.wording import in_words
from guanxi.customer.timeline import UnknownKind, WrongShape, read_facts
from guanxi.foundation.history import store
from guanxi.foundation.history.datasets import all_declared

# Columns that hold what belongs to another person, or what only serves finding.
WITHHELD = {
    Proposal: {"explanation", "left", "right", "left_record", "right_record"},
    Merge: {"evidence"},
    Relationship: {"other_record"},
    Party: {"search", "search_vector", "sort_key"},
}
Row = dict[str, Any]


def dossier(party: Party, at: datetime) -> bytes:
    """A zip of `data.json` (every row of every table about the customer, and every fact) and `data.html` to read."""
    subject = subject_of(party.pk)
    tables = {
        model._meta.label: [_row(each) for each in model._base_manager.filter(pk__in=keys).order_by("pk")]
        for model, keys in holdings(subject).rows.items()
        if keys
    }
    facts = {each.name: store().facts_of(each.name, subject.identities).to_pylist() for each in all_declared()}
    data = {"made_at": at, "tables": tables, "history": facts}
    page = {
        "party": party,
        "at": at,
        "parts": [(in_words(label), _columns(rows), rows) for label, rows in sorted(tables.items())],
        "facts": [(in_words(name), _columns(rows), rows) for name, rows in facts.items() if rows],
        "events": _told(tables.get(Event._meta.label, [])),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("data.html", render_to_string("customer/privacy/dossier.html", page))
    return whole.getvalue()


def _row(row: Model) -> Row:
    held = WITHHELD.get(type(row), set())
    fields = (each for each in row._meta.concrete_fields if not isinstance(each, GeneratedField))
    return {each.name: getattr(row, each.attname) for each in fields if each.name not in held}


def _columns(rows: list[Row]) -> list[str]:
    """The columns that say anything at all."""
    return [name for name in (rows[0] if rows else {}) if any(row[name] not in (None, "", {}, []) for row in rows)]


def _told(events: list[Row]) -> list[tuple[datetime, str, str]]:
    """The timeline in words, newest first."""
    told = []
    for each in sorted(events, key=lambda event: event["at"], reverse=True):
        try:
            what = read_facts(each["kind"], each["version"], each["facts"])
            told.append((each["at"], what.headline(), what.details()))
        except (UnknownKind, WrongShape):
            told.append((each["at"], each["kind"], ""))
    return told
