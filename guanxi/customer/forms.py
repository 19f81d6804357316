"""What people fill in about a customer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.customer.fields.forms import Meant, ValueField
from guanxi.customer.models import CustomField, Identifier, Party, Relationship
from guanxi.customer.models.consent import Purpose
from guanxi.customer.queries.consents import ICONS
from guanxi.foundation.accounts.models import User

Options = Sequence[tuple[str, str | Promise]]


class CustomerForm(forms.Form):
    """A new customer, as far as it is known."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As the customer writes it, in any script."))
    latin_name = forms.CharField(label=_("Name in Latin letters"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("as the name suggests")), *Party.Kind.choices], required=False
    )
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    born = forms.CharField(
        label=_("Birth date"), max_length=40, widget=forms.DateInput({"type": "date"}), required=False
    )
    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    note = forms.CharField(
        label=_("About"),
        max_length=400,
        required=False,
        help_text=_(
            "What you registered the customer for, such as a project. It stands beside your name and the moment."
        ),
    )

    def __init__(self, *args: Any, customs: Sequence[CustomField], meant: Meant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in customs:
            self.fields[each.name] = ValueField(each, meant=meant)


class FieldForm(forms.Form):
    """One golden field, typed over."""

    text = forms.CharField(max_length=254, required=False)

    def __init__(
        self,
        *args: Any,
        label: str,
        options: Sequence[tuple[str, str | Promise]] | None = None,
        is_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        if options:
            self.fields["text"].widget = forms.Select(choices=list(options))
        elif is_day:
            self.fields["text"].widget = forms.DateInput({"type": "date"})


class CustomFieldForm(forms.Form):
    """One custom field, typed over."""

    def __init__(self, *args: Any, field: CustomField, meant: Meant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = ValueField(field, meant=meant)


class ConsentForm(forms.Form):
    """An answer of the customer, with where it was given."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    channel = forms.ChoiceField(label=_("Channel"), choices=[(each.value, each.label) for each in ICONS])
    is_given = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("agrees")), ("no", _("refuses"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    proof = forms.CharField(
        label=_("Proof"),
        max_length=200,
        help_text=_("Where the answer was given: a form, a call, a letter, with its date."),
    )
    wording = forms.CharField(
        label=_("Text that was shown"), max_length=2000, widget=forms.Textarea({"rows": 2}), required=False
    )


class IdentifierForm(forms.Form):
    """Another phone, card or code of a customer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Identifier.Kind.choices)
    text = forms.CharField(label=_("Identifier"), max_length=254)


class RelationshipForm(forms.Form):
    """How a customer stands to another, from a day on."""

    kind = forms.ChoiceField(label=_("Relationship"), choices=Relationship.Kind.choices)
    other = forms.CharField(label=_("To whom"), max_length=200, help_text=_("The customer's number or name."))
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role when the firm buys"), choices=Relationship.Role.choices, required=False)
    since = forms.DateField(label=_("Since"), widget=forms.DateInput({"type": "date"}), required=False)


class EndForm(forms.Form):
    """The day from which a relationship no longer holds."""

    until = forms.DateField(label=_("Ended on"), widget=forms.DateInput({"type": "date"}), required=False)


class TagForm(forms.Form):
    """A hand-made tag: its word, its meaning, whom to ask."""

    name = forms.CharField(label=_("Tag"), max_length=60)
    description = forms.CharField(
        label=_("What it means"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
    owner = forms.ModelChoiceField(
        label=_("Whom to ask"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
