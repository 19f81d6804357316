"""`{% load privacy %}`: what the copy of a customer's data needs to be written."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def cell(row: Mapping[str, Any], name: str) -> str:
    """The value in that column; nothing for an absent one."""
    value = row[name]
    return "" if value is None else str(value)
