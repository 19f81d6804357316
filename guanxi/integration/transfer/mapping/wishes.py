"""Mappings asked for in words, as on the command line: `Kundennr=external_id`, or `Remark=` to leave a column out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.fields import fields_of
from guanxi.integration.transfer.fields.words import folded
from guanxi.integration.transfer.models import Import


def wished_mapping(import_: Import, wishes: Sequence[str]) -> dict[str, str]:
    """The proposed mapping with the wishes in it; a wished field leaves the column that was proposed for it.

    Raises:
        UserError: a wish names a column or a field that is not there.
    """
    mapping = dict(import_.mapping)
    for wish in wishes:
        column, _sign, key = wish.rpartition("=")
        place = _place(import_, column)
        _require_field(import_.kind, key)
        once = {each.key for each in fields_of(import_.kind) if not each.repeats}
        mapping = {
            other: held for other, held in mapping.items() if other != place and (held != key or key not in once)
        }
        if key:
            mapping[place] = key
    return mapping


def _place(import_: Import, column: str) -> str:
    for place, name in enumerate(import_.header):
        if folded(name) == folded(column):
            return str(place)
    raise UserError(
        _("The file has no column “%(column)s”. Its columns are: %(columns)s.")
        % {"column": column, "columns": ", ".join(import_.header)}
    )


def _require_field(kind: str, key: str) -> None:
    keys = [field.key for field in fields_of(kind)]
    if key and key not in keys:
        raise UserError(
            _("There is no field “%(field)s”. The fields are: %(fields)s.") % {"field": key, "fields": ", ".join(keys)}
        )
