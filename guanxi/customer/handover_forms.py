from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.customer.access import holders
from guanxi.customer.models import Handover
from guanxi.customer.queries.books import Book
from guanxi.foundation.accounts.models import User


class HandoverForm(forms.Form):
    """To whom a book goes, how it is dealt out, and what goes along."""

    receivers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who receives the customers"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How they are dealt out"),
        choices=Handover.Way.choices,
        initial=Handover.Way.TURNS,
        help_text=gettext_lazy("In turns by expected value, so that each receives as good customers as the others."),
    )
    moving = forms.MultipleChoiceField(
        label=gettext_lazy("What goes along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    close_log_in = forms.BooleanField(label=gettext_lazy("Close the log-in in the same act"), required=False)

    def __init__(self, *args: Any, leaver: User, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = holders().exclude(pk=leaver.pk)
        self.fields["receivers"].queryset = others  # type: ignore[attr-defined]
        work = [(key, f"{label}: {number}") for key, label, number in book.work]
        self.fields["moving"].choices = work  # type: ignore[attr-defined]
        self.fields["moving"].initial = [key for key, _label, _number in book.work]
        self.fields["close_log_in"].disabled = not leaver.is_active

    def clean_receivers(self) -> list[User]:
        receivers = list(self.cleaned_data["receivers"])
        if not receivers:
            raise forms.ValidationError(_("Choose at least one colleague."))
        return receivers
