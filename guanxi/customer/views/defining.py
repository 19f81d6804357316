"""The settings page of a company's own fields."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.fields import defining
from guanxi.customer.fields.definition_form import DefinitionForm
from guanxi.customer.jobs.fields import index_custom_fields
from guanxi.customer.models import CustomField
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


@requires("settings.write")
@require_GET
def fields(request: HttpRequest) -> HttpResponse:
    """The fields in use in their order, and those that are retired."""
    rows = list(CustomField.objects.all())
    context = {
        "fields": [each for each in rows if each.retired_at is None],
        "retired": [each for each in rows if each.retired_at],
    }
    return render(request, "customer/settings/fields.html", context)


@requires("settings.write")
def new(request: HttpRequest) -> HttpResponse:
    """Define a field."""
    form = DefinitionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            field = defining.define_field(**form.cleaned_data, by=member(request), at=clock.now())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return _done(request, _("The field “%(label)s” can be filled in now.") % {"label": field.label})
    return render(request, "customer/settings/field.html", {"form": form}, status=422 if form.errors else 200)


@requires("settings.write")
def field(request: HttpRequest, pk: int) -> HttpResponse:
    """Change all of a field but its kind."""
    held = get_object_or_404(CustomField, pk=pk)
    form = DefinitionForm(request.POST or None, field=held)
    if request.method == "POST" and form.is_valid():
        try:
            defining.change_field(field=held, **form.cleaned_data, by=member(request), at=clock.now())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return _done(request, _("The field “%(label)s” is changed.") % {"label": form.cleaned_data["label"]})
    context = {"form": form, "field": held}
    return render(request, "customer/settings/field.html", context, status=422 if form.errors else 200)


@requires("settings.write")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up, or down."""
    up = request.POST.get("to") == "up"
    defining.move_field(field=get_object_or_404(CustomField, pk=pk), up=up, by=member(request), at=clock.now())
    return redirect("fields:fields")


@requires("settings.write")
@require_POST
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a field out of use."""
    held = get_object_or_404(CustomField, pk=pk)
    defining.retire_field(field=held, by=member(request), at=clock.now())
    return _done(request, _("“%(label)s” is retired. Its values are kept.") % {"label": held.label})


@requires("settings.write")
@require_POST
def revival(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a retired field again."""
    held = get_object_or_404(CustomField, pk=pk)
    try:
        defining.revive_field(field=held, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
        return redirect("fields:fields")
    return _done(request, _("“%(label)s” is in use again, with its values.") % {"label": held.label})


@requires("settings.write")
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a field that nobody has ever filled in."""
    held = get_object_or_404(CustomField, pk=pk)
    try:
        defining.remove_field(field=held, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
        return redirect("fields:fields")
    return _done(request, _("The field “%(label)s” is gone.") % {"label": held.label})


def _done(request: HttpRequest, text: str) -> HttpResponse:
    index_custom_fields.later()
    messages.success(request, text)
    return redirect("fields:fields")
