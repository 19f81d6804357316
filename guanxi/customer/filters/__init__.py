"""Conditions on customers: one language for the list, saved views and segments.

A condition is `[field, comparison, value]` in JSON; it can be negated, and several can form a group of which any may be
met. `customers_meeting` makes one query of a list of them, `describe` a
sentence in the reader's language, `read_conditions` checks what came from outside.
"""

from guanxi.customer.filters.conditions import (
    AnyOf,
    Asked,
    Condition,
    as_json,
    as_text,
    bounded,
    customers_meeting,
    permitted,
    read_conditions,
    read_one,
    read_text,
    singly,
)
from guanxi.customer.filters.fields import (
    Ago,
    BadCondition,
    Choice,
    Field,
    Flag,
    Names,
    Number,
    Text,
    field,
    fields_for,
    register,
)
from guanxi.customer.filters.sentences import Phrase, describe, phrases

__all__ = [
    "Ago",
    "AnyOf",
    "Asked",
    "BadCondition",
    "Choice",
    "Condition",
    "Field",
    "Flag",
    "Names",
    "Number",
    "Phrase",
    "Text",
    "as_json",
    "as_text",
    "bounded",
    "customers_meeting",
    "describe",
    "field",
    "fields_for",
    "permitted",
    "phrases",
    "read_conditions",
    "read_one",
    "read_text",
    "register",
    "singly",
]
