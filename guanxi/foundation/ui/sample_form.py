"""A form with every kind of field, for the style page only."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHANNELS = [("mail", _("E-mail")), ("phone", _("Phone")), ("wecom", _("WeCom"))]


class SampleForm(forms.Form):
    """Shows label, help, choice, error and the summary; nothing is ever saved."""

    name = forms.CharField(label=_("Name of the segment"), help_text=_("As your colleagues will look for it."))
    email = forms.EmailField(label=_("Reply address"))
    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS)
    purposes = forms.MultipleChoiceField(
        label=_("May also be contacted by"), choices=CHANNELS, widget=forms.CheckboxSelectMultiple, required=False
    )
    size = forms.ChoiceField(
        label=_("Control group"),
        choices=[("10", _("10%")), ("20", _("20%"))],
        widget=forms.RadioSelect,
        initial="10",
        help_text=_("Without a control group nobody can say what the campaign earned."),
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("Send me the verdict when it falls"), required=False)
