"""What people may hand in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.insight.models import Answer, Segment


class AnswerForm(forms.Form):
    """Done, not now or wrong, about one suggested action."""

    action = forms.CharField(max_length=40)
    choice = forms.ChoiceField(choices=Answer.Choice.choices)


class SegmentForm(forms.ModelForm[Segment]):
    """The name; the conditions stand in the page's address. That a name is free is the action's to say."""

    class Meta:
        model = Segment
        fields = ["name"]
        labels = {"name": _("Name of the segment")}

    def validate_unique(self) -> None:
        """Left to `save_segment`, which says it in a sentence."""
