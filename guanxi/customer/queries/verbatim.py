"""What a source said, word for word, for a reader who may not see what is sensitive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.customer.columns import columns_telling
from guanxi.customer.fields import every_field, read_value
from guanxi.customer.models import CustomField
from guanxi.foundation.errors import UserError


@dataclass(frozen=True)
class Discretion:
    """What of one source's words a reader is not shown: columns of sensitive fields, also where a cell is no value."""

    fields: list[CustomField]
    columns: set[str]

    def legible(self, payload: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
        """The payload without them, and without what says the same in another column."""
        said = [each for each in self.fields if each.name in fields]
        return {
            key: text
            for key, text in payload.items()
            if key not in self.columns and not any(_tells(text, each, fields) for each in said)
        }


def discretion(source: str, *, sensitive: bool) -> Discretion:
    """What is kept back of the source's words from whoever may see what is `sensitive`, or may not."""
    hidden = [each for each in every_field() if each.is_sensitive] if not sensitive else []
    names = {each.name for each in hidden}
    return Discretion(hidden, names | columns_telling(source, names))


def _tells(text: object, field: CustomField, fields: Mapping[str, Any]) -> bool:
    try:
        return bool(read_value(field, str(text)) == fields[field.name])
    except UserError:
        return False
