"""Every `{{ form }}` and `{{ form.name.as_field_group }}` of the product is drawn by our templates."""

from django.forms.renderers import TemplatesSetting


class LedgerForms(TemplatesSetting):
    """Label above, help below, errors beside the field and in a summary that links to it."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/_field.html"
