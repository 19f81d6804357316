from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.customer.duplicates.policy import Policy, policies
from guanxi.customer.duplicates.setting import set_policy, set_threshold, threshold
from guanxi.customer.models import DuplicatePolicy
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock

Entry, Action = DuplicatePolicy.Entry, DuplicatePolicy.Action


class PolicyForm(forms.Form):
    """What follows at one way in. A correction cannot be added to another customer."""

    same = forms.ChoiceField(
        label=gettext_lazy("The same identifier"),
        help_text=gettext_lazy("e-mail, phone, card, code; and the names do not contradict"),
    )
    named = forms.ChoiceField(
        label=gettext_lazy("The same name and something else"),
        help_text=gettext_lazy("such as the city or the company"),
    )
    similar = forms.ChoiceField(label=gettext_lazy("Only similar"), help_text=gettext_lazy("a name, or a shared phone"))

    def __init__(self, data: Mapping[str, object] | None, *, entry: DuplicatePolicy.Entry, held: Policy) -> None:
        super().__init__(data, prefix=entry.value, initial=vars(held))
        self.entry = entry
        offered = [each for each in Action.choices if entry != Entry.CORRECTION or each[0] != Action.ATTACH]
        for field in self.fields.values():
            field.choices = offered  # type: ignore[attr-defined]


class ThresholdForm(forms.Form):
    """How sure the nightly comparison must be to merge without a person, in percent; empty: never."""

    percent = forms.FloatField(
        label=gettext_lazy("Merge without a person from, in percent"),
        min_value=90,
        max_value=100,
        required=False,
        help_text=gettext_lazy(
            "From 90 to 100; empty means that a person decides every pair. Never two customers with verified"
            " identifiers, never by a shared phone or address alone. Each merge can be undone."
        ),
    )


@requires("settings.write")
def policy(request: HttpRequest) -> HttpResponse:
    """What follows when a customer who comes in may be known already, for every way in."""
    given = request.POST or None
    rows = [PolicyForm(given, entry=entry, held=held) for entry, held in policies().items()]
    held = threshold()
    sure = ThresholdForm(given, initial={"percent": held and round(100 * held, 4)})
    if request.method == "POST" and all(each.is_valid() for each in (*rows, sure)):
        by, at, percent = member(request), clock.now(), sure.cleaned_data["percent"]
        for each in rows:
            set_policy(entry=each.entry, policy=Policy(**each.cleaned_data), by=by, at=at)
        set_threshold(automatic_from=percent and percent / 100, by=by, at=at)
        messages.success(request, _("Saved."))
        return redirect("customer:duplicate-policy")
    status = 422 if any(each.errors for each in (*rows, sure)) else 200
    return render(request, "customer/reviewing/policy.html", {"rows": rows, "sure": sure}, status=status)
