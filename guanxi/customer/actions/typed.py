"""Fields as people type them: brought to their one spelling, or refused with a sentence."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from guanxi.customer.fields import Value, custom_field, read_value
from guanxi.customer.models import Party
from guanxi.customer.normal import birth_date, country_code, plain_email, plain_phone, plain_text
from guanxi.customer.survivorship import GOLDEN
from guanxi.foundation.errors import UserError


def typed(field: str, text: str, country: str, at: datetime) -> Value:
    """The value to keep for one golden or custom field; an empty text stands for "there is none". Raises UserError.

    `at` is when it is typed: nobody is born later.
    """
    if defined := custom_field(field):
        return read_value(defined, text)
    return _birth_date(text, at) if field == "born" else typed_value(field, text, country)


def typed_value(field: str, text: str, country: str) -> str:
    """The value to keep for one golden field; an empty text stands for "there is none". Raises UserError."""
    if field not in GOLDEN:
        raise UserError(_("“%(field)s” is no field of a customer.") % {"field": field})
    plain = plain_text(text)
    if not plain:
        return _nothing(field)
    if field == "email":
        return _readable(plain_email(plain), _("“%(text)s” is no e-mail address. Nothing was changed."), plain)
    if field == "phone":
        complaint = _("“%(text)s” is no phone number. Nothing was changed. Begin with + and the country code.")
        return _readable(plain_phone(plain, country), complaint, plain)
    if field == "kind" and plain not in Party.Kind.values:
        raise UserError(_("“%(text)s” is no kind of customer.") % {"text": plain})
    value = country_code(plain) if field == "country" else plain
    return _short_enough(field, value)


def require_person(kind: str, born: object) -> None:
    """Raise UserError if an organisation or a household would get a birth date."""
    if born and kind != Party.Kind.PERSON:
        raise UserError(_("Only a person has a birth date. Nothing was changed."))


def _birth_date(text: str, at: datetime) -> str:
    plain = plain_text(text)
    if not plain:
        return ""
    complaint = _(
        "“%(text)s” is no birth date. Nothing was changed. Write it as year-month-day, such as 1985-04-12:"
        " not before 1900, and no day to come."
    )
    return _readable(birth_date(plain, timezone.localtime(at).date()), complaint, plain)


def _nothing(field: str) -> str:
    if field in {"name", "kind"}:
        raise UserError(_("A customer needs a name. Nothing was changed."))
    return ""


def _readable(value: str, complaint: str, text: str) -> str:
    if not value:
        raise UserError(complaint % {"text": text})
    return value


def _short_enough(field: str, value: str) -> str:
    most = Party._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
    if len(value) > most:
        raise UserError(_("This is longer than %(most)s characters. Nothing was changed.") % {"most": most})
    return value
