from django import forms
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import ServiceRecord
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.company import clock

DAY = {"type": "date"}


class AssetForm(forms.Form):
    """What the customer owns."""

    name = forms.CharField(label=_("What"), max_length=200, required=False, help_text=_("Such as: espresso machine."))
    sku = forms.CharField(
        label=_("Product number"), max_length=64, required=False, help_text=_("If it is in the catalogue.")
    )
    serial = forms.CharField(label=_("Serial number, plate or policy"), max_length=80, required=False)
    bought_on = forms.DateField(label=_("Bought on"), widget=forms.DateInput(DAY), required=False)
    warranty_until = forms.DateField(label=_("Warranty until"), widget=forms.DateInput(DAY), required=False)
    place = forms.CharField(label=_("Where it stands"), max_length=200, required=False)

    def clean_sku(self) -> Product | None:
        if not (sku := self.cleaned_data["sku"].strip()):
            return None
        if (product := Product.objects.filter(sku=sku).first()) is None:
            raise forms.ValidationError(_("No product has this number. Leave it empty and say what it is instead."))
        return product


class ServiceForm(forms.Form):
    """What was done to it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ServiceRecord.Kind.choices)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(DAY))
    what = forms.CharField(label=_("What was done"), max_length=500)
    workshop = forms.CharField(label=_("By which workshop or dealer"), max_length=200, required=False)
    under_warranty = forms.BooleanField(label=_("Under warranty"), required=False)
    next_due_on = forms.DateField(label=_("Next due on"), widget=forms.DateInput(DAY), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["on"].initial = clock.today()
