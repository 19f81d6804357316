"""Values of custom fields: read from what people and files write, and shown to the reader."""

import re
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from guanxi.customer.models import CustomField, Party
from guanxi.customer.normal import plain_day, plain_text
from guanxi.customer.survivorship import CUSTOM
from guanxi.foundation.company.queries import current
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import figure, is_whole_number
from guanxi.foundation.ui import formats

Value = str | int | float | bool
ABSENT = ""  # what a person says who says that there is none
LONGEST = 500
YES = {"yes", "y", "true", "1", "是", "有", "对"}
NO = {"no", "n", "false", "0", "否", "无", "没有"}
_CURRENCY = re.compile(r"[¥￥£€$₹₩₽]|^[A-Z]{3}\b|\b[A-Z]{3}$|元$")
_PARTY = re.compile(r"(?:#|.*/customers/)?(\d+)/?")


def read_value(field: CustomField, text: str) -> Value:
    """The value that a text stands for; ABSENT for an empty one. Raises UserError with a sentence for the person."""
    plain = plain_text(text)
    return _READ[CustomField.Kind(field.kind)](field, plain) if plain else ABSENT


def as_text(value: object) -> str:
    """A value as it is kept in an event or a file, and as `read_value` reads it again."""
    if value is None or isinstance(value, bool):
        return "" if value is None else "yes" if value else "no"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def believed_value(party: Party, name: str) -> Value:
    """What is believed of one golden or custom field; ABSENT when nothing is."""
    if name.startswith(CUSTOM):
        return party.custom.get(name.removeprefix(CUSTOM), ABSENT)  # type: ignore[no-any-return]
    return str(getattr(party, name))


def shown_value(field: CustomField, value: object) -> str:
    """A value in the reader's language. Another customer is shown by number: whether the reader may see the name is not
    known here."""
    if value is None or value == ABSENT:
        return ""
    return _SHOWN[CustomField.Kind(field.kind)](field, value)


def _text(field: CustomField, text: str) -> Value:
    if len(text) > LONGEST:
        raise UserError(
            _("“%(field)s” holds at most %(most)s characters. Nothing was changed.")
            % {"field": field.label, "most": LONGEST}
        )
    return text


def _number(field: CustomField, text: str) -> Value:
    written = text if field.kind == CustomField.Kind.NUMBER else _CURRENCY.sub("", text).strip()
    try:
        found = figure(re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", written).replace(formats.MINUS, "-"))
    except ValueError:
        raise UserError(
            _("“%(text)s” is no number for “%(field)s”. Nothing was changed. Write it such as 1234.5.")
            % {"text": text[:40], "field": field.label}
        ) from None
    return int(found) if found.is_integer() else found


def _date(field: CustomField, text: str) -> Value:
    if day := plain_day(text):
        return day
    raise UserError(
        _("“%(text)s” is no date for “%(field)s”. Nothing was changed. Write it as year-month-day, such as 2026-03-31.")
        % {"text": text[:40], "field": field.label}
    )


def _chosen(field: CustomField, text: str) -> Value:
    wanted = text.casefold()
    for key, label in field.choices:
        if wanted in {key.casefold(), label.casefold()}:
            return str(key)
    raise UserError(
        _("“%(text)s” cannot be chosen for “%(field)s”. Nothing was changed. There is: %(choices)s.")
        % {"text": text[:40], "field": field.label, "choices": ", ".join(label for _key, label in field.choices)}
    )


def _yes_no(field: CustomField, text: str) -> Value:
    said = text.casefold()
    if said in YES | {_("yes").casefold()}:
        return True
    if said in NO | {_("no").casefold()}:
        return False
    raise UserError(
        _("“%(text)s” is neither yes nor no for “%(field)s”. Nothing was changed.")
        % {"text": text[:40], "field": field.label}
    )


def _relation(field: CustomField, text: str) -> Value:
    found = _PARTY.fullmatch(text)
    if found and is_whole_number(found[1]) and Party.ever.filter(pk=int(found[1])).exists():
        return int(found[1])
    raise UserError(
        _("“%(text)s” names no customer for “%(field)s”. Nothing was changed. Write the customer's number.")
        % {"text": text[:40], "field": field.label}
    )


def _as_it_is(_field: CustomField, value: object) -> str:
    return str(value)


def _figure(_field: CustomField, value: object) -> str:
    return formats.number(float(str(value)))


def _money(_field: CustomField, value: object) -> str:
    company = current()
    return formats.money(float(str(value)), company.currency if company else "CNY")


def _day(_field: CustomField, value: object) -> str:
    return formats.day(date.fromisoformat(str(value)))


def _label(field: CustomField, value: object) -> str:
    return str(dict(field.choices).get(value, value))


def _word(_field: CustomField, value: object) -> str:
    return _("yes") if value else _("no")


def _number_of(_field: CustomField, value: object) -> str:
    return f"#{value}"


_READ: dict[CustomField.Kind, Callable[[CustomField, str], Value]] = {
    CustomField.Kind.TEXT: _text,
    CustomField.Kind.NUMBER: _number,
    CustomField.Kind.MONEY: _number,
    CustomField.Kind.DATE: _date,
    CustomField.Kind.CHOICE: _chosen,
    CustomField.Kind.YES_NO: _yes_no,
    CustomField.Kind.RELATION: _relation,
}
_SHOWN: dict[CustomField.Kind, Callable[[CustomField, object], str]] = {
    CustomField.Kind.TEXT: _as_it_is,
    CustomField.Kind.NUMBER: _figure,
    CustomField.Kind.MONEY: _money,
    CustomField.Kind.DATE: _day,
    CustomField.Kind.CHOICE: _label,
    CustomField.Kind.YES_NO: _word,
    CustomField.Kind.RELATION: _number_of,
}
