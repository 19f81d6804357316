"""Fields that the administrator defines: `custom_fields` says which, `read_value` and `shown_value` what they hold.

A value lies under the field's `name` ("custom:<key>") in `SourceRecord.fields` and in provenance, and under its key in
`Party.custom`. It is JSON: a text, a number, a date as ISO text, the key of a choice, true or false, a party's id.
"""

from guanxi.customer.fields.registry import (
    SENSITIVE,
    custom_field,
    custom_fields,
    every_field,
    field_named,
    is_sensitive,
)
from guanxi.customer.fields.values import ABSENT, Value, as_text, believed_value, read_value, shown_value

__all__ = [
    "ABSENT",
    "SENSITIVE",
    "Value",
    "as_text",
    "believed_value",
    "custom_field",
    "custom_fields",
    "every_field",
    "field_named",
    "is_sensitive",
    "read_value",
    "shown_value",
]
