"""What the administrator does to custom fields. Every change is audited; nothing that was said is ever lost by one."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import JSONField, Max
from django.utils.translation import gettext as _

from guanxi.customer.models import CustomField, SourceRecord, SupersededPayload
from guanxi.customer.normal import fold, latin_spelling
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

MOST = 200  # fields in use
LONGEST_KEY = 30  # leaves room for a number that parts equal ones
RENAMED = re.compile(r"(.+?)\s*(?:>|→)\s*(.+)")
Choices = list[list[str]]


@transaction.atomic
def define_field(
    *,
    label: str,
    kind: str,
    by: User,
    at: datetime,
    help: str = "",  # noqa: A002 (the field's own word)
    choices: Sequence[str] = (),
    party_kinds: Collection[str] = (),
    is_sensitive: bool = False,
    is_filterable: bool = True,
) -> CustomField:
    """Add a field at the end. Raises UserError."""
    _check_room()
    last = CustomField.objects.aggregate(last=Max("position"))["last"] or 0
    field = CustomField(key=_fresh_key(label), kind=kind, position=last + 10, defined_at=at, defined_by=by)
    _set(field, label, help, choices, party_kinds, is_sensitive=is_sensitive, is_filterable=is_filterable)
    field.save(force_insert=True)
    note(verb="customer.field_defined", by=by, at=at, subject=f"field:{field.key}", **_facts(field))
    return field


@transaction.atomic
def change_field(
    *,
    field: CustomField,
    label: str,
    by: User,
    at: datetime,
    help: str = "",  # noqa: A002
    choices: Sequence[str] = (),
    party_kinds: Collection[str] = (),
    is_sensitive: bool = False,
    is_filterable: bool = True,
) -> CustomField:
    """Change all but key and kind. A choice written as `old > new` is renamed, and stays chosen. Raises UserError."""
    held = CustomField.objects.select_for_update().get(pk=field.pk)
    before = _facts(held)
    _set(held, label, help, choices, party_kinds, is_sensitive=is_sensitive, is_filterable=is_filterable)
    held.save()
    note(verb="customer.field_changed", by=by, at=at, subject=f"field:{held.key}", before=before, after=_facts(held))
    return held


@transaction.atomic
def move_field(*, field: CustomField, up: bool, by: User, at: datetime) -> None:
    """Change places with the neighbour; at the end nothing happens."""
    rows = list(CustomField.objects.select_for_update().filter(retired_at=None))
    place = next((place for place, each in enumerate(rows) if each.pk == field.pk), None)
    other = place + (-1 if up else 1) if place is not None else -1
    if place is None or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, each in enumerate(rows, start=1):
        each.position = number * 10
        each.save(update_fields=["position"])
    note(verb="customer.fields_ordered", by=by, at=at, order=[each.key for each in rows])


@transaction.atomic
def retire_field(*, field: CustomField, by: User, at: datetime) -> None:
    """Take the field out of use; what was said under it is kept."""
    if CustomField.objects.filter(pk=field.pk, retired_at=None).update(retired_at=at, retired_by=by):
        note(verb="customer.field_retired", by=by, at=at, subject=f"field:{field.key}")


@transaction.atomic
def revive_field(*, field: CustomField, by: User, at: datetime) -> None:
    """Use a retired field again, with all its values. Raises UserError."""
    _check_room()
    held = CustomField.objects.select_for_update().get(pk=field.pk)
    if held.retired_at is not None:
        _check_label(held, held.label)
        CustomField.objects.filter(pk=held.pk).update(retired_at=None, retired_by=None)
        note(verb="customer.field_revived", by=by, at=at, subject=f"field:{field.key}")


@transaction.atomic
def remove_field(*, field: CustomField, by: User, at: datetime) -> None:
    """Forget a field under which nothing was ever said. Raises UserError."""
    held = CustomField.objects.select_for_update().get(pk=field.pk)
    said = {"fields__has_key": held.name}
    if SourceRecord.objects.filter(**said).exists() or SupersededPayload.objects.filter(**said).exists():
        raise UserError(
            _("There are values under “%(field)s”. Nothing was removed; retire it.") % {"field": held.label}
        )
    held.delete()
    note(verb="customer.field_removed", by=by, at=at, subject=f"field:{held.key}", **_facts(held))


def _set(
    field: CustomField,
    label: str,
    help: str,  # noqa: A002
    choices: Sequence[str],
    party_kinds: Collection[str],
    *,
    is_sensitive: bool,
    is_filterable: bool,
) -> None:
    if not label.strip():
        raise UserError(_("A field needs a name. Nothing was saved."))
    _check_label(field, label)
    field.label, field.help, field.party_kinds = label.strip(), help.strip(), sorted(party_kinds)
    field.is_sensitive, field.is_filterable = is_sensitive, is_filterable and not is_sensitive
    if field.kind == CustomField.Kind.CHOICE:
        field.choices = _renamed(field.choices, choices)


def _check_label(field: CustomField, label: str) -> None:
    """Two fields in use that are called the same could not be told apart."""
    others = CustomField.objects.filter(label__iexact=label.strip(), retired_at=None).exclude(pk=field.pk)
    if others.exists():
        raise UserError(_("There is a field “%(label)s” already. Nothing was saved.") % {"label": label})


def _renamed(before: Choices, lines: Sequence[str]) -> Choices:
    """The new list: a known label keeps its key, `old > new` keeps the key of old, any other is new."""
    keys = {label: key for key, label in before}
    found: Choices = []
    for line in (line.strip() for line in lines if line.strip()):
        renamed = RENAMED.fullmatch(line)
        if renamed and renamed[1] in keys:
            found.append([keys[renamed[1]], renamed[2]])
        else:
            found.append([keys.get(line, line), line])
    if not found:
        raise UserError(_("A choice needs at least one line to choose from. Nothing was saved."))
    if len({key for key, _label in found}) < len(found) or len({label for _key, label in found}) < len(found):
        raise UserError(_("Two lines of the choice are the same. Nothing was saved."))
    return found


def _fresh_key(label: str) -> str:
    """A key made of the label: Latin, lower case, unlike every other and unlike what a query would misread."""
    words = re.findall(r"[a-z0-9]+", fold(latin_spelling(label) or label))
    stem = "_".join(words)[:LONGEST_KEY].strip("_")
    stem = stem if stem[:1].isalpha() else f"field_{stem}".strip("_")
    taken = {*CustomField.objects.values_list("key", flat=True), *JSONField().get_lookups()}
    return next(key for key in (stem, *(f"{stem}_{number}" for number in range(2, MOST * 10))) if key not in taken)


def _check_room() -> None:
    if CustomField.objects.filter(retired_at=None).count() >= MOST:
        raise UserError(_("There are %(most)s fields in use. Retire one first; nothing was changed.") % {"most": MOST})


def _facts(field: CustomField) -> dict[str, object]:
    names = ("label", "kind", "help", "choices", "party_kinds", "is_sensitive", "is_filterable")
    return {name: getattr(field, name) for name in names}
