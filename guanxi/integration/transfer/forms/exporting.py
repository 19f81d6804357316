from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.access.models import Role
from guanxi.integration.transfer.export.limits import limit_of
from guanxi.integration.transfer.models import Export

MOST = 10_000_000


class ExportForm(forms.Form):
    """In which format customers go out."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[choice for choice in Export.Format.choices if choice[0] != Export.Format.PARQUET],
        widget=forms.RadioSelect,
        initial=Export.Format.CSV,
    )


class LimitForm(forms.Form):
    """How many customers a day a colleague of each role may take out. Role 3 is the field `role_3`."""

    def __init__(self, roles: list[Role], data: Any = None) -> None:
        super().__init__(data)
        self.roles = roles
        for role in roles:
            self.fields[f"role_{role.pk}"] = forms.IntegerField(
                label=str(role), min_value=0, max_value=MOST, initial=limit_of(role)
            )

    def changes(self) -> list[tuple[Role, int]]:
        """The roles whose limit is a new one."""
        said = ((role, self.cleaned_data[f"role_{role.pk}"]) for role in self.roles)
        return [(role, rows) for role, rows in said if rows != limit_of(role)]
