"""Merge fields: `{{ name }}` becomes the customer's name, `{{ city | your town }}` has a fallback where none is known.

A template is text and fields, nothing else: no expression is ever evaluated. A field that is not known, or may be
missing and has no fallback, is an error when the template is saved, never when a message is sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BRACES = re.compile(r"{{((?:(?!{{).)*?)}}", re.DOTALL)  # none looks past the next pair that opens
FIELD = re.compile(r"\s*(?P<name>[a-z_]+)\s*(?:\|(?P<fallback>[^{}|]*))?", re.DOTALL)

FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("the customer’s name"),
    "latin_name": gettext_lazy("the name in Latin letters"),
    "city": gettext_lazy("the customer’s city"),
    "country": gettext_lazy("the customer’s country"),
    "owner": gettext_lazy("the colleague who looks after the customer"),
    "last_order": gettext_lazy("the day of the last order"),
    "company": gettext_lazy("our own name"),
}
ALWAYS_KNOWN = {"name", "company"}


class TemplateError(ValueError):
    """The template cannot be used; the text says what to change."""


@dataclass(frozen=True)
class Field:
    name: str
    fallback: str


Part = str | Field


def read_template(text: str) -> list[Part]:
    """The template's parts in order: plain text and fields. Raises TemplateError on the first mistake."""
    parts: list[Part] = []
    end = 0
    for found in BRACES.finditer(text):
        parts += [_plain(text[end : found.start()]), _field(found[1])]
        end = found.end()
    return [part for part in [*parts, _plain(text[end:])] if part]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The message for one customer: `values` maps field names to what is known; an empty value takes the fallback."""
    return "".join(
        part if isinstance(part, str) else values.get(part.name) or part.fallback for part in read_template(text)
    )


def _plain(text: str) -> str:
    if "{{" in text or "}}" in text:
        raise TemplateError(_("A pair of braces is not closed. Write fields like {{ name }}."))
    return text


def _field(inner: str) -> Field:
    found = FIELD.fullmatch(inner)
    if found is None:
        raise TemplateError(
            _("“{{%(field)s}}” cannot be read. Write {{ name }}, or {{ city | your town }}.") % {"field": inner}
        )
    name, fallback = found["name"], (found["fallback"] or "").strip()
    if name not in FIELDS:
        raise TemplateError(
            _("There is no field “%(field)s”. You can use: %(known)s.") % {"field": name, "known": ", ".join(FIELDS)}
        )
    if name not in ALWAYS_KNOWN and not fallback:
        raise TemplateError(
            _("“%(field)s” is not known of every customer. Say what stands there instead: {{ %(field)s | … }}.")
            % {"field": name}
        )
    return Field(name, fallback)
