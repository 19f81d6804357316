from collections.abc import Collection
from typing import Any

from babel import Locale
from babel.numbers import list_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.foundation.access.models import Reach, Role, Team
from guanxi.foundation.access.verbs import declared, reaches
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.foundation.company.zones import zones


class MemberForm(forms.ModelForm[User]):
    """A colleague's place in the company. Language, zone and theme are their own to choose."""

    class Meta:
        model = User
        fields = ["email", "name", "role", "team", "is_active"]
        labels = {"role": gettext_lazy("Role"), "team": gettext_lazy("Team"), "is_active": gettext_lazy("May log in")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].required = True
        self.fields["role"].queryset = Role.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class GrantsForm(forms.Form):
    """One choice a verb: not granted, or granted, where it reaches as far as own, team or all customers."""

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str]) -> None:
        kept = {verb: far if reaches(verb) else Reach.ALL for verb, far in initial.items()}
        super().__init__(data, initial=kept)
        for verb, label in declared():
            granted = Reach.choices if reaches(verb) else [(Reach.ALL.value, _("granted"))]
            self.fields[verb] = forms.ChoiceField(
                label=str(label), choices=[("", _("not granted")), *granted], required=False
            )

    def granted(self) -> dict[str, Reach]:
        return {verb: Reach(far) for verb, far in self.cleaned_data.items() if far}


class HundredthsField(forms.FloatField):
    """A share of one, written of a hundred: 35 is 0.35."""

    def prepare_value(self, value: Any) -> Any:
        return f"{100 * value:.6g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:
        given = super().clean(value)
        return None if given is None else float(given) / 100


class CostField(forms.FloatField):
    """An amount of money, to a hundredth of a penny; more than a billion is a slip of the hand."""

    def __init__(self, **said: Any) -> None:
        super().__init__(min_value=0, max_value=1e9, required=False, **said)

    def clean(self, value: Any) -> float | None:
        given = super().clean(value)
        return None if given is None else round(float(given), 4)


class CompanyForm(forms.ModelForm[Company]):
    """The company's own facts, and what insight needs to tell profit from sales; of these all may be left open."""

    margin = HundredthsField(
        label=gettext_lazy("Gross margin, % of sales"),
        help_text=gettext_lazy(
            "Sales less what the goods cost. Without it insight speaks of revenue, never of profit."
        ),
        min_value=0.1,
        max_value=100,
        required=False,
    )
    discount = HundredthsField(
        label=gettext_lazy("Discount rate, % a year"),
        help_text=gettext_lazy("By how much money that comes in a year is worth less than money today, such as 10."),
        min_value=0.1,
        max_value=100,
        required=False,
    )
    order_cost = CostField(
        label=gettext_lazy("Cost of one order"),
        help_text=gettext_lazy(
            "Packing, shipping, invoicing, in the company's currency. What a customer orders on one day counts as one."
        ),
    )
    contact_cost = CostField(
        label=gettext_lazy("Cost of one contact"),
        help_text=gettext_lazy("A call, a visit or a message by a colleague, on average."),
    )

    class Meta:
        model = Company
        fields = ["name", "currency", "timezone", "country", "margin", "discount", "order_cost", "contact_cost"]
        labels = {
            "name": gettext_lazy("Name"),
            "currency": gettext_lazy("Currency"),
            "timezone": gettext_lazy("Time zone"),
            "country": gettext_lazy("Country"),
        }
        help_texts = {
            "currency": gettext_lazy("Three letters, such as CNY. All amounts are kept in it."),
            "timezone": gettext_lazy("Such as Asia/Shanghai. A day begins at midnight there."),
            "country": gettext_lazy(
                "Two letters, such as CN. Telephone numbers without a prefix are read as from there."
            ),
        }

    def clean_currency(self) -> str:
        return _one_of(self.cleaned_data["currency"].upper(), list_currencies(), _("There is no such currency."))

    def clean_timezone(self) -> str:
        return _one_of(self.cleaned_data["timezone"], zones(), _("There is no such time zone."))

    def clean_country(self) -> str:
        known = {str(code) for code in Locale("en").territories if len(str(code)) == 2}
        return _one_of(self.cleaned_data["country"].upper(), known, _("There is no such country."))


def _one_of(value: str, known: Collection[str], sentence: str) -> str:
    if value not in known:
        raise ValidationError(sentence)
    return value
