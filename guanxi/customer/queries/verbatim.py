"""What a source said, word for word, for a reader who may not see what is sensitive."""

from collections.abc import Mapping
from typing import Any

from guanxi.customer.fields import every_field, read_value
from guanxi.customer.models import CustomField
from guanxi.foundation.errors import UserError


def legible_payload(payload: Mapping[str, Any], fields: Mapping[str, Any], *, sensitive: bool) -> dict[str, Any]:
    """The payload; without `sensitive` the columns are left out from which a sensitive field was read."""
    if sensitive:
        return dict(payload)
    hidden = [each for each in every_field() if each.is_sensitive and each.name in fields]
    return {key: text for key, text in payload.items() if not any(_tells(key, text, each, fields) for each in hidden)}


def _tells(column: str, text: object, field: CustomField, fields: Mapping[str, Any]) -> bool:
    if column == field.name:
        return True
    try:
        return bool(read_value(field, str(text)) == fields[field.name])
    except UserError:
        return False
