"""The kinds of entry that can be written on a customer's page, in the order of the composer's tabs."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from guanxi.customer.engagement.forms import CallForm, FileForm, MeetingForm, NoteForm, PromiseForm, TaskForm
from guanxi.foundation.accounts.models import User


@dataclass(frozen=True)
class Mode:
    """A tab of the composer: its form is sent to the address of `url_name`."""

    key: str
    label: str | LazyText
    icon: str
    form_class: type[forms.Form]
    url_name: str

    def form(self, by: User) -> forms.Form:
        """An empty form for this colleague."""
        return self.form_class(by=by) if self.form_class is TaskForm else self.form_class()


MODES = {
    each.key: each
    for each in (
        Mode("note", _("Note"), "note", NoteForm, "customer:notes"),
        Mode("call", _("Call"), "call", CallForm, "customer:calls"),
        Mode("meeting", _("Meeting"), "visit", MeetingForm, "customer:meetings"),
        Mode("task", _("Task"), "task", TaskForm, "customer:tasks"),
        Mode("promise", _("Promise"), "promise", PromiseForm, "customer:promised"),
        Mode("file", _("File"), "file", FileForm, "customer:files"),
    )
}


def mode_of(key: str) -> Mode:
    """The mode of that name, else a note."""
    return MODES.get(key, MODES["note"])
