"""Custom fields in the forms about a customer: one line each, checked as it is read."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.customer.fields.values import as_text, read_value
from guanxi.customer.models import CustomField
from guanxi.foundation.errors import UserError

Meant = Callable[[str], int]  # the customer whom a person's words mean, by number; raises UserError
Kind = CustomField.Kind
RELATION_HELP = gettext_lazy("The customer's number or name.")


class ValueField(forms.CharField):
    """A text that stands for a value of a custom field; `clean` answers it in the spelling in which it is kept."""

    def __init__(self, field: CustomField, *, meant: Meant, **options: Any) -> None:
        self.field, self.meant = field, meant
        told = field.help or (str(RELATION_HELP) if field.kind == Kind.RELATION else "")
        super().__init__(
            label=field.label, required=False, max_length=500, widget=_widget(field), help_text=told, **options
        )

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        try:
            found = str(self.meant(text)) if text and self.field.kind == Kind.RELATION else text
            return as_text(read_value(self.field, found))
        except UserError as error:
            raise forms.ValidationError(str(error)) from error


def _widget(field: CustomField) -> forms.Widget:
    if field.kind == Kind.CHOICE:
        return forms.Select(choices=[("", "–"), *((key, label) for key, label in field.choices)])
    if field.kind == Kind.YES_NO:
        return forms.Select(choices=[("", "–"), ("yes", _("yes")), ("no", _("no"))])
    if field.kind == Kind.DATE:
        return forms.DateInput({"type": "date"})
    return forms.TextInput({"inputmode": "decimal"} if field.kind in {Kind.NUMBER, Kind.MONEY} else {})
