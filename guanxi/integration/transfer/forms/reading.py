from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.files.content import Format
from guanxi.integration.transfer.files.encoding import ENCODINGS
from guanxi.integration.transfer.models import Import

DELIMITERS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))]


class ReadingForm(forms.Form):
    """What the file is, and how its text was written."""

    kind = forms.ChoiceField(label=_("The rows are"), choices=Kind)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(label=_("Cells are parted by"), choices=DELIMITERS)
    quote = forms.ChoiceField(label=_("Cells are quoted by"), choices=[('"', '"'), ("'", "'")])
    header = forms.IntegerField(
        label=_("Row with the names"), min_value=0, max_value=200, help_text=_("0 when the columns have no names.")
    )

    def __init__(self, import_: Import, data: Any = None) -> None:
        super().__init__(data, initial={"kind": import_.kind, **import_.reading})
        if import_.reading["format"] != Format.TEXT:
            for name in ("encoding", "delimiter", "quote", "header"):
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """What is to be read differently."""
        return {name: value for name, value in self.cleaned_data.items() if name != "kind"}
