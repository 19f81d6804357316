from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import CustomField, Party


class DefinitionForm(forms.Form):
    """A field as the administrator defines it. The kind can be chosen once."""

    label = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CustomField.Kind.choices,
        help_text=_("What the field holds. It cannot be changed later, because values are kept in this form."),
    )
    choices = forms.CharField(
        label=_("To choose from"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("For a choice only: one a line. Write “old > new” to rename one; who has it keeps it."),
    )
    help = forms.CharField(
        label=_("Help"), required=False, max_length=200, help_text=_("A sentence that stands below the field.")
    )
    party_kinds = forms.MultipleChoiceField(
        label=_("For"),
        choices=Party.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all kinds of customers."),
    )
    is_filterable = forms.BooleanField(
        label=_("Offer it as filter, order and column of the list"), required=False, initial=True
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: only for colleagues who may see sensitive fields, never in lists"), required=False
    )

    def __init__(self, *args: Any, field: CustomField | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if field is not None:
            del self.fields["kind"]
            self.initial = {
                "label": field.label,
                "choices": "\n".join(label for _key, label in field.choices),
                "help": field.help,
                "party_kinds": field.party_kinds,
                "is_filterable": field.is_filterable,
                "is_sensitive": field.is_sensitive,
            }
            if field.kind != CustomField.Kind.CHOICE:
                del self.fields["choices"]

    def clean_choices(self) -> list[str]:
        return str(self.cleaned_data["choices"]).splitlines()
