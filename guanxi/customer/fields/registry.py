"""Which fields there are, now: read once a request, so that every web process sees what another one has just changed.

Outside a request, as in a worker, each call asks the database.
"""

from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db.models.signals import post_save

from guanxi.customer.models import CustomField
from guanxi.customer.survivorship import CUSTOM
from guanxi.foundation.rows import every

SENSITIVE = "customer.sensitive"  # the grant to see and change sensitive fields

_request = Local()


def every_field() -> list[CustomField]:
    """All fields in their order, the retired ones too."""
    kept = getattr(_request, "kept", None)
    if kept is None:
        return _all()
    if not kept:
        kept.append(_all())
    return list(kept[0])


def _all() -> list[CustomField]:
    return every(CustomField, "ORDER BY position, id")


def custom_fields(*, party_kind: str = "", sensitive: bool = True) -> list[CustomField]:
    """The fields in use, in their order: those of one kind of party, or of all; with the sensitive ones, or without."""
    return [
        each
        for each in every_field()
        if each.retired_at is None
        and (sensitive or not each.is_sensitive)
        and (not party_kind or not each.party_kinds or party_kind in each.party_kinds)
    ]


def custom_field(name: str) -> CustomField | None:
    """The field in use of this name (`custom:<key>`), or None."""
    if not name.startswith(CUSTOM):
        return None
    return next((each for each in custom_fields() if each.name == name), None)


def is_sensitive(name: str) -> bool:
    """Whether a field of this name is read by those only who may see what is sensitive; retired ones count too."""
    return name.startswith(CUSTOM) and any(each.name == name and each.is_sensitive for each in every_field())


def field_named(name: str) -> CustomField | None:
    """The field of this name, in use or retired."""
    return next((each for each in every_field() if each.name == name), None) if name.startswith(CUSTOM) else None


def _begin(**_: Any) -> None:
    _request.kept = []


def _end(**_: Any) -> None:
    _request.kept = None


def _forget(**_: Any) -> None:
    if getattr(_request, "kept", None) is not None:
        _request.kept = []


request_started.connect(_begin, dispatch_uid="customer.fields.begin")
request_finished.connect(_end, dispatch_uid="customer.fields.end")
post_save.connect(_forget, sender=CustomField, dispatch_uid="customer.fields.forget")
