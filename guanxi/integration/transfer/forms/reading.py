from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.files.content import Format
from guanxi.integration.transfer.files.encoding import ENCODINGS
from guanxi.integration.transfer.files.reading import Reading
from guanxi.integration.transfer.files.workbook import GUESS
from guanxi.integration.transfer.models import Import

DELIMITERS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))]
ASKED = {
    Format.TEXT: {"encoding", "delimiter", "quote", "header"},
    Format.WORKBOOK: {"sheet", "header"},
    Format.VCARD: {"encoding"},
    Format.JSON: {"encoding"},
    Format.PARQUET: set[str](),
}


class ReadingForm(forms.Form):
    """What the rows of the file are, and how it was written; asked as far as its format leaves it open."""

    kind = forms.ChoiceField(label=_("The rows are"), choices=Kind)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(label=_("Cells are parted by"), choices=DELIMITERS)
    quote = forms.ChoiceField(label=_("Cells are quoted by"), choices=[('"', '"'), ("'", "'")])
    sheet = forms.ChoiceField(label=_("Sheet"))
    header = forms.IntegerField(
        label=_("Row with the names"), min_value=0, max_value=200, help_text=_("0 when the columns have no names.")
    )

    def __init__(self, import_: Import, data: Any = None) -> None:
        super().__init__(data, initial={"kind": import_.kind, **import_.reading})
        self.reading = Reading(**import_.reading)
        self.fields["sheet"].choices = [(name, name) for name in self.reading.sheets]  # type: ignore[attr-defined]
        for name in {"encoding", "delimiter", "quote", "sheet", "header"} - ASKED[Format(self.reading.format)]:
            del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """What is to be read differently. Another sheet has its names in a row of its own, which is looked for."""
        changed = {name: value for name, value in self.cleaned_data.items() if name != "kind"}
        if changed.get("sheet", self.reading.sheet) != self.reading.sheet and changed["header"] == self.reading.header:
            changed["header"] = GUESS
        return changed
