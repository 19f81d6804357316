"""Custom fields as columns and orders of the list: those of the moment, without the sensitive ones.

Whoever may change customers types over a value where it stands.
"""

from collections.abc import Callable
from functools import partial

from django.utils.html import escape
from django.utils.safestring import SafeString

from guanxi.customer.fields import custom_fields, shown_value
from guanxi.customer.listing.cells import at_party, typed_over
from guanxi.customer.listing.columns import Column, Row, Showing
from guanxi.customer.listing.orders import Order
from guanxi.customer.models import CustomField
from guanxi.foundation.ui.parts import UNKNOWN, html

BEGINS = "custom."
Kind = CustomField.Kind
FIGURES = {Kind.NUMBER, Kind.MONEY}
READ: dict[str, Callable[[object], object]] = {Kind.NUMBER: float, Kind.MONEY: float, Kind.YES_NO: bool}  # type: ignore[dict-item]


def custom_columns() -> list[Column]:
    """A column for each field that can be asked for."""
    return [_column(each) for each in offered()]


def custom_orders() -> dict[str, Order]:
    """An order for each of them; other customers have no order among themselves."""
    return {BEGINS + each.key: _order(each) for each in offered() if each.kind != Kind.RELATION}


def offered() -> list[CustomField]:
    """The fields that stand in lists."""
    return [each for each in custom_fields(sensitive=False) if each.is_filterable]


def _column(field: CustomField) -> Column:
    return Column(
        key=BEGINS + field.key,
        label=field.label,
        needs=(_path(field), "kind"),
        cell=partial(_cell, field),
        sort=BEGINS + field.key if field.kind != Kind.RELATION else "",
        style="num" if field.kind in FIGURES else "",
    )


def _order(field: CustomField) -> Order:
    return Order(field.label, _path(field), READ.get(field.kind, str))


def _path(field: CustomField) -> str:
    return f"custom__{field.key}"


def _cell(field: CustomField, row: Row, shown: Showing) -> SafeString:
    said = _said(field, row[_path(field)])
    if not shown.may_write or (field.party_kinds and row["kind"] not in field.party_kinds):
        return said
    return typed_over(said, row, field.name, field.label)


def _said(field: CustomField, value: object) -> SafeString:
    if value is None:
        return UNKNOWN
    said = escape(shown_value(field, value))
    if field.kind == Kind.RELATION:
        return html(f'<a href="{at_party("customer:customer", int(str(value)))}">{said}</a>')
    return html(said)
