"""What an administrator fills in about pools and territories."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.customer.models import CustomField, Pool, Reading, RecycleRule, Territory
from guanxi.customer.normal import country_code
from guanxi.foundation.access.models import Role, Team
from guanxi.foundation.accounts.models import User

Ticks = forms.CheckboxSelectMultiple
MOST_DAYS = 3660
BLANK_ROWS = 3


class PoolForm(forms.ModelForm[Pool]):
    """A pool's scope, who may claim, the caps, what is hidden and how long a claim protects."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Which customers"),
        help_text=gettext_lazy("Those of them that nobody looks after. A territory's pool comes before a team's."),
    )
    roles = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Roles that may claim"), queryset=Role.objects.order_by("name"),
        widget=Ticks, required=False,
        help_text=gettext_lazy("None ticked: every role that is granted claiming."),
    )  # fmt: skip
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams that may claim"), queryset=Team.objects.order_by("name"),
        widget=Ticks, required=False,
        help_text=gettext_lazy("None ticked: every team."),
    )  # fmt: skip
    hidden = forms.MultipleChoiceField(
        label=gettext_lazy("Hidden until claimed"), choices=Pool.Hidden.choices, widget=Ticks, required=False,
        help_text=gettext_lazy("As soon as one is ticked, the whole record stays closed to who may not see behind it."),
    )  # fmt: skip

    class Meta:
        model = Pool
        fields = [
            "name", "claim_cap", "holding_cap", "cool_down_days", "hidden",
            "default_days", "renewal_days", "maximum_days", "warning_days",
        ]  # fmt: skip
        labels = {
            "claim_cap": gettext_lazy("Claims a colleague and day"),
            "holding_cap": gettext_lazy("Customers a colleague may hold"),
            "cool_down_days": gettext_lazy("Days until who lost a customer may claim it again"),
            "default_days": gettext_lazy("Days a claim protects"),
            "renewal_days": gettext_lazy("Days from each follow-up on"),
            "maximum_days": gettext_lazy("Days it protects at most"),
            "warning_days": gettext_lazy("Days before its end to warn the owner"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = _scopes()  # type: ignore[attr-defined]
        for name in ("cool_down_days", "default_days", "renewal_days", "maximum_days", "warning_days"):
            self.fields[name].max_value = MOST_DAYS  # type: ignore[attr-defined]
        for tier, label in Reading.Tier.choices:
            self.fields[f"cap_{tier}"] = forms.IntegerField(
                label=_("Of them of tier %(tier)s") % {"tier": label}, min_value=0, max_value=1_000_000, required=False
            )
        if self.instance.pk:
            self.initial["scope"] = _scope_of(self.instance)
            self.initial.update({f"cap_{each.tier}": each.most for each in self.instance.tier_caps.all()})
            self.initial.update(roles=self.instance.roles.all(), teams=self.instance.teams.all())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("default_days", 0) > given.get("maximum_days", MOST_DAYS):
            self.add_error("default_days", _("A claim cannot protect longer than its maximum."))
        for name in ("cool_down_days", "default_days", "renewal_days", "maximum_days", "warning_days"):
            if given.get(name, 0) > MOST_DAYS:
                self.add_error(name, _("At most %(most)s days.") % {"most": MOST_DAYS})
        kind, _colon, pk = str(given.get("scope", "")).partition(":")
        self.instance.territory_id = int(pk) if kind == "territory" else None
        self.instance.team_id = int(pk) if kind == "team" else None
        return given

    def caps(self) -> dict[str, int]:
        named = ((tier, self.cleaned_data[f"cap_{tier}"]) for tier in Reading.Tier.values)
        return {tier: most for tier, most in named if most is not None}


class RuleForm(forms.Form):
    """One way in which a customer falls back before its protection ends; an empty row is none."""

    after = forms.ChoiceField(
        label=gettext_lazy("Counted from"), choices=[("", "–"), *RecycleRule.After.choices], required=False
    )
    days = forms.IntegerField(label=gettext_lazy("Days"), min_value=0, max_value=MOST_DAYS, required=False)
    tiers = forms.MultipleChoiceField(
        label=gettext_lazy("Only tiers"), choices=Reading.Tier.choices, widget=Ticks, required=False
    )
    field = forms.ChoiceField(label=gettext_lazy("Field with the contract's end"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dates = CustomField.objects.filter(kind=CustomField.Kind.DATE, retired_at=None)
        self.fields["field"].choices = [("", "–"), *((each.key, each.label) for each in dates)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("after"):
            return {}
        if given.get("days") is None:
            self.add_error("days", _("Say after how many days."))
        if given["after"] != RecycleRule.After.CONTRACT:
            given["field"] = ""
        elif not given.get("field"):
            self.add_error("field", _("Choose the field in which the contract's end stands."))
        return given


RuleFormSet = forms.formset_factory(RuleForm, extra=BLANK_ROWS)


class TerritoryForm(forms.ModelForm[Territory]):
    """A territory, what lies around it and who works it."""

    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who works it"), queryset=User.objects.filter(is_active=True).order_by("name"),
        widget=Ticks, required=False,
    )  # fmt: skip

    class Meta:
        model = Territory
        fields = ["name", "parent"]
        labels = {"parent": gettext_lazy("Lies inside")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Territory.objects.exclude(pk=self.instance.pk).order_by("name")
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["members"] = self.instance.members.all()


class PlaceForm(forms.Form):
    """Country, place and postcode that together make a rule; an empty row is none."""

    country = forms.CharField(label=gettext_lazy("Country"), max_length=60, required=False)
    place = forms.CharField(label=gettext_lazy("City or province"), max_length=120, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode begins with"), max_length=20, required=False)

    def rule(self) -> tuple[str, str, str]:
        given = self.cleaned_data
        postcode = str(given.get("postcode", "")).replace(" ", "").upper()
        return country_code(str(given.get("country", ""))), str(given.get("place", "")), postcode


PlaceFormSet = forms.formset_factory(PlaceForm, extra=BLANK_ROWS)


def _scopes() -> list[tuple[str, str]]:
    return [
        ("all:0", _("everywhere, where no other pool is")),
        *((f"territory:{each.pk}", _("territory %(name)s") % {"name": each.name}) for each in _territories()),
        *((f"team:{each.pk}", _("team %(name)s") % {"name": each.name}) for each in Team.objects.order_by("name")),
    ]


def _territories() -> list[Territory]:
    return list(Territory.objects.order_by("name"))


def _scope_of(pool: Pool) -> str:
    if pool.territory_id:
        return f"territory:{pool.territory_id}"
    return f"team:{pool.team_id}" if pool.team_id else "all:0"
