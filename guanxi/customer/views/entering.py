"""Typing customers in, with a look at whom they may already mean before anything is stored."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanxi.customer.entering import (
    Became,
    Entry,
    Suspect,
    attach_to_known,
    consequence,
    enter_customer,
    must_ask,
    refuse_entry,
    suspects,
)
from guanxi.customer.fields import SENSITIVE, custom_fields
from guanxi.customer.forms import CustomerForm
from guanxi.customer.models import DuplicatePolicy, Party
from guanxi.customer.queries.related import meant_by
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError

Action = DuplicatePolicy.Action
PAGE = "customer/entering/new.html"


@requires("customer.create")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a customer by hand. Whoever resembles it is shown first; what follows is the company's policy."""
    form = _form(request, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    entry, found = _read(request, form), _suspects(request, form)
    action = consequence(found)
    if action == Action.BLOCK:
        refuse_entry(entry, found)
    if must_ask(found, anyway="anyway" in request.POST):
        return render(request, PAGE, {"form": form, "suspects": found, "action": action}, status=409)
    try:
        kept, became = _keep(entry, found, action)
    except UserError as error:
        form.add_error(None, str(error))
        return render(request, PAGE, {"form": form, "suspects": found, "action": action}, status=422)
    messages.success(request, _said(kept, became))
    return redirect("customer:customer", kept.pk)


@requires("customer.create")
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """Whom the words typed so far may mean; asked by the form as one goes on to the next field."""
    form = _form(request, request.POST)
    form.is_valid()  # what is missing or wrong so far is said when the form is sent
    found = _suspects(request, form)
    context = {"suspects": found, "action": consequence(found), "so_far": True}
    return render(request, "customer/entering/_alike.html", context)


def _form(request: HttpRequest, given: QueryDict | None) -> CustomerForm:
    customs = custom_fields(sensitive=may(request.user, SENSITIVE))
    meant = partial(meant_by, member(request))
    initial = {"name": request.GET.get("name", "")}
    return CustomerForm(given, customs=customs, meant=meant, initial=initial)


def _read(request: HttpRequest, form: CustomerForm) -> Entry:
    return Entry(fields=_typed(form), note=form.cleaned_data["note"], by=member(request), at=clock.now())


def _suspects(request: HttpRequest, form: CustomerForm) -> list[Suspect]:
    return suspects(_typed(form), entry=DuplicatePolicy.Entry.FORM, user=member(request))


def _typed(form: CustomerForm) -> dict[str, str]:
    return {name: value for name, value in form.cleaned_data.items() if value and name != "note"}


def _keep(entry: Entry, found: list[Suspect], action: DuplicatePolicy.Action | None) -> tuple[Party, Became]:
    first = next((each for each in found if each.action == Action.ATTACH), None)
    if action == Action.ATTACH and first is not None and first.may_write:
        return attach_to_known(entry, first.party)
    return enter_customer(entry, found)


def _said(party: Party, became: Became) -> str:
    words = {"name": party.name}
    return {
        Became.CREATED: _("%(name)s is kept, and registered as yours.") % words,
        Became.ATTACHED: _("%(name)s was known already. What you typed was added to this customer.") % words,
        Became.REVIEW: _("%(name)s is kept. It resembles a known customer and was sent to review.") % words,
    }[became]
