"""What colleagues write on a customer's page."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company import clock

LONGEST = 10_000


def _text(label: Any, most: int = LONGEST, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea({"rows": 1, "placeholder": label}),
        error_messages={
            "required": _("Nothing is written yet. Write what happened, then save."),
            "max_length": _(
                "This holds at most %(limit_value)s characters. Nothing was saved; shorten it and save again."
            ),
        },
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}))


class NoteForm(forms.Form):
    """A note for the timeline."""

    text = _text(_("What happened?"))


class CallForm(forms.Form):
    """A call that was held, or tried."""

    text = _text(_("What was said?"), required=False)
    reached = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("reached")), ("no", _("nobody reached"))],
        coerce=lambda answer: answer == "yes",
        initial="yes",
    )
    incoming = forms.TypedChoiceField(
        label=_("Who called"),
        choices=[("no", _("we called")), ("yes", _("the customer called"))],
        coerce=lambda answer: answer == "yes",
        initial="no",
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=1440, required=False)


class MeetingForm(forms.Form):
    """A meeting that was held."""

    text = _text(_("What came of it?"))
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    people = forms.CharField(label=_("With whom"), max_length=200, required=False)


class TaskForm(forms.Form):
    """Something to be done by a day."""

    what = _text(_("What is to be done?"), 500)
    due_on = _day(_("By"))
    assignee = forms.ModelChoiceField(label=_("By whom"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
        self.fields["assignee"].initial = by.pk
        self.fields["due_on"].initial = clock.today() + timedelta(days=1)


class PromiseForm(forms.Form):
    """Something promised to the customer by a day."""

    what = _text(_("What was promised?"), 500)
    due_on = _day(_("By"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = clock.today() + timedelta(days=3)


class FileForm(forms.Form):
    """A file to be kept with the customer."""

    file = forms.FileField(label=_("File"), max_length=400, help_text=_("25 MB at most."))
