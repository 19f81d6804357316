"""Custom fields as conditions: those of the moment, so that a field defined in another process can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.customer.fields import custom_fields, shown_value
from guanxi.customer.filters.fields import (
    Ago,
    BadCondition,
    Choice,
    Control,
    Day,
    Field,
    Label,
    Names,
    Number,
    Text,
    Value,
)
from guanxi.customer.models import CustomField, Party

BEGINS = "custom."
Kind = CustomField.Kind
KNOWN: Mapping[str, Label] = {
    "known": gettext_lazy("whose %(field)s is known"),
    "unknown": gettext_lazy("whose %(field)s is not known"),
}
PHRASES: Mapping[str, Mapping[str, Label]] = {
    Kind.TEXT: {
        "is": gettext_lazy("whose %(field)s is %(value)s"),
        "starts": gettext_lazy("whose %(field)s starts with %(value)s"),
    },
    Kind.NUMBER: {
        "at_least": gettext_lazy("whose %(field)s is at least %(value)s"),
        "at_most": gettext_lazy("whose %(field)s is at most %(value)s"),
    },
    Kind.DATE: {
        "from": gettext_lazy("whose %(field)s is on %(value)s or later"),
        "until": gettext_lazy("whose %(field)s is on %(value)s or earlier"),
    },
    Kind.CHOICE: {
        "in": gettext_lazy("whose %(field)s is %(value)s"),
        "not_in": gettext_lazy("whose %(field)s is not %(value)s"),
    },
    Kind.RELATION: {"is": gettext_lazy("whose %(field)s is customer number %(value)s")},
}
COUNTED: Mapping[str, Label] = {
    "within": gettext_lazy("whose %(field)s was within the last %(value)s"),
    "coming": gettext_lazy("whose %(field)s comes within %(value)s"),
    "before": gettext_lazy("whose %(field)s is longer ago than %(value)s"),
}


@dataclass(frozen=True, kw_only=True)
class Custom(Field):
    """What all kinds share: whether there is a value at all."""

    defined: CustomField

    def control(self, comparison: str) -> Control:
        return "nothing" if comparison in KNOWN else super().control(comparison)

    def read(self, comparison: str, value: object) -> Any:
        return None if comparison in KNOWN else super().read(comparison, value)

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        if comparison in KNOWN:
            return Q(**{f"{self.path}__isnull": comparison == "unknown"})
        return super().where(comparison, value, at)

    def said(self, comparison: str, value: Any, names: Names) -> str:
        return "" if comparison in KNOWN else super().said(comparison, value, names)


@dataclass(frozen=True, kw_only=True)
class CustomText(Custom, Text):
    """A text; comparisons do not regard case."""


@dataclass(frozen=True, kw_only=True)
class CustomNumber(Custom, Number):
    """A number or an amount."""

    def said(self, comparison: str, value: Any, names: Names) -> str:
        return "" if comparison in KNOWN else shown_value(self.defined, value)


class _Chosen(Choice):
    """Whoever has no value has not chosen it."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        chosen = Q(**{f"{self.path}__in": self.kept(value)})
        return chosen if comparison == "in" else ~chosen | Q(**{f"{self.path}__isnull": True})

    def kept(self, value: list[str]) -> list[Any]:
        """Keys as they lie in the record."""
        return value


@dataclass(frozen=True, kw_only=True)
class CustomChoice(Custom, _Chosen):
    """One of the choices the company has given."""


@dataclass(frozen=True, kw_only=True)
class CustomYesNo(Custom, _Chosen):
    """Yes or no."""

    def kept(self, value: list[str]) -> list[Any]:
        return [each == "yes" for each in value if each in {"yes", "no"}]


@dataclass(frozen=True, kw_only=True)
class CustomDay(Custom, Day):
    """A date, compared with a day of the calendar."""


@dataclass(frozen=True, kw_only=True)
class CustomAgo(Ago):
    """A date, counted from today in days: `within` the last, `coming` within the next, `before` longer ago."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        today = timezone.localtime(at).date()
        border = today + timedelta(days=int(value) if comparison == "coming" else -int(value))
        if comparison == "before":
            return Q(**{f"{self.path}__lt": border.isoformat()})
        first, last = sorted((today, border))
        return Q(**{f"{self.path}__gte": first.isoformat(), f"{self.path}__lte": last.isoformat()})


class _Whom(Field):
    """Another customer, by number; whoever was merged into that one counts too."""

    def control(self, comparison: str) -> Control:
        return "text"

    def read(self, comparison: str, value: object) -> Value:
        number = str(value[0] if isinstance(value, list) and value else value or "").strip().lstrip("#")
        if not (number.isascii() and number.isdecimal() and len(number) <= 18):
            raise BadCondition(_("Write a customer's number for “%(field)s”.") % {"field": self.label})
        return number

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        meant = Party.ever.filter(Q(pk=int(value)) | Q(merged_into=int(value))).values_list("pk", flat=True)
        return Q(**{f"{self.path}__in": list(meant)})

    def said(self, comparison: str, value: Any, names: Names) -> str:
        return f"#{value}"


@dataclass(frozen=True, kw_only=True)
class CustomRelation(Custom, _Whom):
    """A customer named by a field of another one."""


def custom_conditions() -> list[Field]:
    """What customers can be asked for by the fields in use; the sensitive ones are left out."""
    return [each for field in custom_fields(sensitive=False) if field.is_filterable for each in _conditions(field)]


def _conditions(field: CustomField) -> list[Field]:
    own = {"key": BEGINS + field.key, "label": field.label, "path": f"custom__{field.key}", "defined": field}
    kind = Kind.NUMBER if field.kind == Kind.MONEY else Kind.CHOICE if field.kind == Kind.YES_NO else field.kind
    own["phrases"] = _worded(field, {**PHRASES[kind], **KNOWN})
    if field.kind == Kind.DATE:
        return [CustomDay(**own), _counted(field)]  # type: ignore[arg-type]
    if field.kind in {Kind.CHOICE, Kind.YES_NO}:
        options = field.choices if field.kind == Kind.CHOICE else [("yes", _("yes")), ("no", _("no"))]
        chosen = CustomChoice if field.kind == Kind.CHOICE else CustomYesNo
        return [chosen(**own, choices=lambda: options)]  # type: ignore[arg-type]
    plain = {Kind.TEXT: CustomText, Kind.RELATION: CustomRelation}.get(Kind(field.kind), CustomNumber)
    return [plain(**own)]  # type: ignore[arg-type]


def _counted(field: CustomField) -> Field:
    return CustomAgo(
        key=f"{BEGINS}{field.key}.days",
        label=_("%(field)s, counted from today") % {"field": field.label},
        path=f"custom__{field.key}",
        phrases=_worded(field, COUNTED),
    )


def _worded(field: CustomField, phrases: Mapping[str, Label]) -> dict[str, Label]:
    """The phrases with the field's label; the slot for the value stays."""
    label = field.label.replace("%", "%%")
    return {how: str(words) % {"field": label, "value": "%(value)s"} for how, words in phrases.items()}
