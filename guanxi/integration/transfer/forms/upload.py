from django import forms
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 256 * 1024 * 1024


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, TSV, Excel (.xlsx), contacts (.vcf), JSON or Parquet, up to 256 MB; the command line takes more."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Export it again and see that it holds rows."),
        },
    )

    def clean_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s, and the page takes up to %(most)s. Use the command line: guanxi import."),
                params={"size": filesizeformat(file.size), "most": filesizeformat(MOST_BYTES)},
            )
        return file
