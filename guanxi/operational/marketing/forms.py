"""What a marketer fills in. Percentages are typed of a hundred; templates are checked before anything is saved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.foundation.accounts.models import User
from guanxi.insight.models import Segment
from guanxi.operational.marketing.merge_fields import TemplateError, read_template
from guanxi.operational.marketing.models import Campaign

MESSAGE_PARTS = ("subject_", "body_")
Templates = dict[str, tuple[str, str]]


class CampaignForm(forms.ModelForm[Campaign]):
    """The plan of a campaign with its messages, one a language; at least one language must be filled in."""

    control_percent = forms.FloatField(
        label=gettext_lazy("Control group, in per cent"),
        initial=20,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=gettext_lazy(
            "So many of those who could be written to are left alone, by lot. Without them nobody can say what the "
            "campaign earned."
        ),
    )

    class Meta:
        model = Campaign
        fields = ["name", "segment", "channel", "purpose", "works_by", "outcome_days", "unit_cost", "fixed_cost"]
        help_texts = {
            "purpose": gettext_lazy("Only customers who agreed to this purpose on this channel are written to."),
            "works_by": gettext_lazy(
                "New or won back, kept longer, or buying deeper: it decides where The Loop counts it."
            ),
            "outcome_days": gettext_lazy("Days after which both groups’ sales are compared and the verdict is final."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].queryset = Segment.objects.order_by("name")  # type: ignore[attr-defined]
        self.order_fields(["name", "segment", "channel", "purpose", "works_by", "control_percent"])
        for language, label in User.Language.choices:
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject (%(language)s)") % {"language": label}, max_length=200, required=False
            )
            self.fields[f"body_{language}"] = forms.CharField(
                label=_("Message (%(language)s)") % {"language": label},
                max_length=20_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 10}),
            )
        self._show_kept()

    def _show_kept(self) -> None:
        if not self.instance.pk:
            return
        self.initial["control_percent"] = f"{100 * self.instance.control_share:g}"
        for message in self.instance.messages.all():
            self.initial[f"subject_{message.language}"] = message.subject
            self.initial[f"body_{message.language}"] = message.body

    def plan_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(MESSAGE_PARTS)]

    def message_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(MESSAGE_PARTS)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for language in User.Language.values:
            self._check_message(language)
        if not self.templates() and not self.errors:
            raise ValidationError(_("Write the message in at least one language."))
        return cleaned

    def _check_message(self, language: str) -> None:
        filled = [name for name in ("subject", "body") if self.cleaned_data.get(f"{name}_{language}", "").strip()]
        if len(filled) == 1:
            missing = "body" if filled == ["subject"] else "subject"
            self.add_error(f"{missing}_{language}", _("A message needs both a subject and a text."))
        for name in filled:
            try:
                read_template(self.cleaned_data[f"{name}_{language}"])
            except TemplateError as wrong:
                self.add_error(f"{name}_{language}", str(wrong))

    def templates(self) -> Templates:
        """Language → subject and body, for the languages that are filled in."""
        written = {
            language: (
                self.cleaned_data.get(f"subject_{language}", "").strip(),
                self.cleaned_data.get(f"body_{language}", "").replace("\r\n", "\n").strip(),
            )
            for language in User.Language.values
        }
        return {language: message for language, message in written.items() if all(message)}

    def plan(self) -> Campaign:
        """The campaign as filled in, not saved."""
        campaign = self.save(commit=False)
        campaign.control_share = self.cleaned_data["control_percent"] / 100
        return campaign
