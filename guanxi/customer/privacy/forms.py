from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import PrivacyRequest, RetentionRule

DAY = forms.DateInput({"type": "date"})


class RequestForm(forms.Form):
    """What the customer asks, and how and when it reached us."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=PrivacyRequest.Kind.choices)
    how = forms.CharField(
        label=_("How it reached us"), max_length=200, help_text=_("Such as: letter, filed under 2026-17.")
    )
    received_on = forms.DateField(label=_("Received on"), widget=DAY, help_text=_("From this day the time runs."))

    def received_at(self) -> datetime:
        """The beginning of that day where the company is."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["received_on"], time()))


class ErasureForm(forms.Form):
    """The last questions before an erasure."""

    facts = forms.ChoiceField(
        label=_("Purchases and other facts"),
        choices=PrivacyRequest.Facts.choices,
        help_text=_("Tax law often asks for the figures of past sales, never for the customer's preferences."),
    )
    backup_days = forms.IntegerField(
        label=_("Backups are kept for, days"),
        min_value=0,
        max_value=3650,
        initial=90,
        help_text=_("Backups of the past hold the customer until they are deleted. A restore erases them again."),
    )
    sure = forms.BooleanField(label=_("I understand that this cannot be undone."))

    def chosen(self) -> dict[str, Any]:
        return {"facts": self.cleaned_data["facts"], "backup_days": self.cleaned_data["backup_days"]}


class RetentionForm(forms.Form):
    """For how long customers of one kind are kept, and why no longer."""

    months = forms.IntegerField(label=_("Kept for, months"), min_value=1, max_value=600)
    ground = forms.CharField(
        label=_("Ground"),
        max_length=200,
        help_text=_("Why no longer, such as: GDPR art. 5 (1) e; an enquiry has no purpose after two years."),
    )
    way = forms.ChoiceField(
        label=_("When the time is over"),
        choices=RetentionRule.Way.choices,
        widget=forms.RadioSelect,
        initial=RetentionRule.Way.PROPOSE,
    )
