from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import ContactStandard, Level, Reading


class LevelForm(forms.Form):
    """How closely this relationship is kept, and why."""

    level = forms.ChoiceField(label=_("Level"), choices=[("", _("as the rule says")), *Level.choices], required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)


class StandardForm(forms.Form):
    """What one level means."""

    contact_days = forms.IntegerField(
        label=_("In touch at least every, days"), min_value=1, max_value=1000, required=False
    )
    tiers = forms.MultipleChoiceField(
        label=_("By rule for the tiers"),
        choices=Reading.Tier.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @classmethod
    def of(cls, standard: ContactStandard, data: Any = None) -> "StandardForm":
        """The form of one level; fields of several levels can stand on one page."""
        initial = {"contact_days": standard.contact_days, "tiers": standard.tiers}
        return cls(data, initial=initial, prefix=standard.level)
