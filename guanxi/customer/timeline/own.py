"""The kinds of event that the record itself writes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.fields import field_named, is_sensitive, read_value, shown_value
from guanxi.customer.models import CustomField, Event
from guanxi.customer.models.consent import Purpose
from guanxi.customer.timeline.kinds import Happening, event_kind
from guanxi.foundation.errors import UserError
from guanxi.foundation.ui import formats


@event_kind("customer.created")
@dataclass(frozen=True)
class Created(Happening):
    """The party entered the record, by this source."""

    icon: ClassVar[str] = "plus"
    touches: ClassVar[bool] = False
    source: str

    def headline(self) -> str:
        return _("Entered the record")

    def details(self) -> str:
        return _("First known from %(source)s.") % {"source": self.source}


@event_kind("customer.note_written")
@dataclass(frozen=True)
class NoteWritten(Happening):
    """A colleague wrote something down."""

    icon: ClassVar[str] = "note"
    text: str

    def headline(self) -> str:
        return _("Note")

    def details(self) -> str:
        return self.text


@event_kind("customer.call_logged")
@dataclass(frozen=True)
class CallLogged(Happening):
    """A call was held, or tried. `minutes` is None when nobody measured it."""

    icon: ClassVar[str] = "call"
    names_channel: ClassVar[bool] = True
    text: str
    reached: bool
    minutes: int | None = None

    def headline(self) -> str:
        if not self.reached:
            return _("Call, nobody reached")
        if self.minutes is None:
            return _("Call")
        return ngettext("Call, %(minutes)s minute", "Call, %(minutes)s minutes", self.minutes) % {
            "minutes": self.minutes
        }

    def details(self) -> str:
        return self.text


@event_kind("customer.field_corrected")
@dataclass(frozen=True)
class FieldCorrected(Happening):
    """A person typed over what the sources say."""

    icon: ClassVar[str] = "edit"
    touches: ClassVar[bool] = False
    field: str
    before: str
    after: str

    def headline(self) -> str:
        return _("Corrected: %(field)s") % {"field": field_label(self.field)}

    def details(self) -> str:
        if self.after == self.before or is_sensitive(self.field):  # of such a field the timeline tells nothing more
            return ""
        said = {"after": told_value(self.field, self.after), "before": told_value(self.field, self.before)}
        return _("“%(after)s” instead of “%(before)s”") % said


@event_kind("customer.owner_changed")
@dataclass(frozen=True)
class OwnerChanged(Happening):
    """The customer has another owner, or none; names as they were that day."""

    icon: ClassVar[str] = "assign"
    touches: ClassVar[bool] = False
    before: str
    after: str

    def headline(self) -> str:
        if not self.after:
            return _("Has no owner any more")
        return _("Now looked after by %(name)s") % {"name": self.after}

    def details(self) -> str:
        return _("Before: %(name)s") % {"name": self.before} if self.before else ""


@event_kind("customer.tagged")
@dataclass(frozen=True)
class Tagged(Happening):
    """A word was put on the customer, or taken off."""

    icon: ClassVar[str] = "tag"
    touches: ClassVar[bool] = False
    tag: str
    removed: bool = False

    def headline(self) -> str:
        if self.removed:
            return _("Tag taken off: %(tag)s") % {"tag": self.tag}
        return _("Tagged: %(tag)s") % {"tag": self.tag}


@event_kind("customer.consent_recorded")
@dataclass(frozen=True)
class ConsentRecorded(Happening):
    """The customer agreed or refused, for a purpose on a channel."""

    icon: ClassVar[str] = "consent"
    purpose: str
    channel: str
    is_given: bool
    proof: str

    def headline(self) -> str:
        what = {"purpose": Purpose(self.purpose).label, "channel": Event.Channel(self.channel).label}
        if self.is_given:
            return _("Agreed to %(purpose)s by %(channel)s") % what
        return _("Refused %(purpose)s by %(channel)s") % what

    def details(self) -> str:
        return self.proof


def field_label(name: str) -> str:
    """The golden field's name in the reader's language."""
    labels = {
        "name": _("Name"),
        "latin_name": _("Name in Latin letters"),
        "kind": _("Kind"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "street": _("Street"),
        "city": _("City"),
        "postcode": _("Postcode"),
        "country": _("Country"),
        "language": _("Language"),
        "born": _("Birth date"),
    }
    defined = field_named(name)
    return defined.label if defined else labels.get(name, name)


def told_value(name: str, text: str) -> str:
    """A value as an event keeps it, in the reader's language where a custom field has words for it."""
    if name == "born" and text:
        return formats.day(date.fromisoformat(text))
    defined = field_named(name)
    if defined is None or defined.kind == CustomField.Kind.RELATION or not text:
        return text
    try:
        return shown_value(defined, read_value(defined, text))
    except UserError:  # a choice that is no longer offered
        return text
