from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import Source
from guanxi.customer.normal import known_countries, latin_spelling
from guanxi.integration.transfer.fields import Kind, fields_of
from guanxi.integration.transfer.mapping.contents import described
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.values.moments import Order

MARKS = [(".", _("1,234.56 (point)")), (",", _("1.234,56 (comma)"))]
ORDERS = [
    ("", _("not decided")),
    (Order.DAY_FIRST, _("the day stands first")),
    (Order.MONTH_FIRST, _("the month stands first")),
]
CHOICES = ("decimal", "dates", "phones_from", "count_once")
SAMPLES = 3


class MappingForm(forms.Form):
    """Which column means what, and how values are written. Column 3 is the field `column_3`."""

    source = forms.CharField(
        label=_("Comes from"),
        max_length=60,
        help_text=_(
            "The system that wrote the file, such as till or web shop. Numbers are compared within one source."
        ),
    )
    decimal = forms.ChoiceField(label=_("Figures are written"), choices=MARKS)
    dates = forms.ChoiceField(
        label=_("In 1/12/2011"),
        choices=ORDERS,
        error_messages={"required": _("No date of the file tells. Say whether the day or the month stands first.")},
    )
    phones_from = forms.ChoiceField(
        label=_("Phone numbers without a country code are from"),
        required=False,
        help_text=_("A row that names its country is read by that one."),
    )
    count_once = forms.BooleanField(
        label=_("Count lines that repeat another line of the same invoice once"), required=False
    )

    def __init__(self, import_: Import, data: Any = None) -> None:
        super().__init__(data, initial={"source": import_.source_key, **import_.choices})
        self.import_ = import_
        self.fields["phones_from"].choices = [("", _("the company's country")), *known_countries()]  # type: ignore[attr-defined]
        self.fields["source"].widget.attrs["list"] = "sources"
        for each in self.fields.values():
            each.widget.attrs["form"] = "mapping"
        meanings = [("", _("Keep as it is")), *((each.key, each.label) for each in fields_of(import_.kind))]
        for place, name in enumerate(import_.header):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=name, choices=meanings, required=False, initial=import_.mapping.get(str(place), "")
            )
        self._leave_out_what_does_not_matter()

    def _leave_out_what_does_not_matter(self) -> None:
        if self.import_.kind != Kind.CUSTOMERS:
            del self.fields["phones_from"]
        if self.import_.kind != Kind.TRANSACTIONS:
            del self.fields["decimal"], self.fields["count_once"]
        if not self.import_.choices.get("dates_open"):
            del self.fields["dates"]

    def clean_source(self) -> str:
        text = self.cleaned_data["source"]
        key = slugify(text) or slugify(latin_spelling("".join(text.split())))
        if not key:
            raise ValidationError(_("Write the source with letters or Chinese characters."))
        if key == Source.OWN:
            raise ValidationError(_("“guanxi” is what colleagues type. Name the system that wrote the file."))
        return key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        once = {each.key for each in fields_of(self.import_.kind) if not each.repeats}
        seen: dict[str, str] = {}
        for place, name in enumerate(self.import_.header):
            key = cleaned.get(f"column_{place}", "")
            if key in once and key in seen:
                self.add_error(f"column_{place}", _("“%(other)s” is mapped to the same field.") % {"other": seen[key]})
            seen.setdefault(key, name)
        return cleaned

    def mapping(self) -> dict[str, str]:
        """The chosen field of each column by its place; columns that are kept as they are left out."""
        chosen = ((str(place), self.cleaned_data[f"column_{place}"]) for place in range(len(self.import_.header)))
        return {place: key for place, key in chosen if key}

    def choices(self) -> dict[str, Any]:
        """What was decided about the values."""
        return {key: self.cleaned_data[key] for key in CHOICES if key in self.cleaned_data}

    def columns(self, samples: list[list[str]]) -> Iterator[tuple[forms.BoundField, Promise, list[str]]]:
        """Each column with what its cells are, and a few of them."""
        for place, cells in enumerate(samples):
            filled = dict.fromkeys(cell.strip() for cell in cells if cell.strip())
            yield self[f"column_{place}"], described(cells), list(filled)[:SAMPLES]
