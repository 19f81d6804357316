"""One field of one customer: typed over, believed again, and all that is said about it."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.actions import correct_field, correct_in_place, withdraw_correction
from guanxi.customer.entering import consequence, doubts, must_ask, send_to_review
from guanxi.customer.fields import SENSITIVE, custom_field, is_sensitive
from guanxi.customer.forms import CustomFieldForm, FieldForm
from guanxi.customer.listing.custom import offered
from guanxi.customer.models import Party
from guanxi.customer.queries import sayings as queries
from guanxi.customer.queries.beliefs import Believed, believed_field, saying_in_words
from guanxi.customer.queries.related import meant_by
from guanxi.customer.survivorship import GOLDEN
from guanxi.customer.views.answers import done
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


@requires("customer.write")
def field(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Type over what the sources say about one field."""
    user = member(request)
    party = access.party(user, pk, to="write")
    _check(request, name)
    believed = believed_field(party, name, user)
    form = _form(request, believed)
    context = {"party": party, "form": form, "believed": believed, "said": _said(request, party, name)}
    if request.method == "POST" and form.is_valid():
        text, seen = form.cleaned_data["text"], request.POST.get("seen")
        found = doubts(party, name, text, user)
        if must_ask(found, anyway="anyway" in request.POST):
            context |= {"suspects": found, "action": consequence(found)}
            return render(request, "customer/field.html", context, status=409)
        try:
            correct_field(party=party, field=name, text=text, seen=seen, by=user, at=clock.now())
        except UserError as error:
            form.add_error("text", str(error))
        else:
            send_to_review(party, found, at=clock.now())
            return redirect("customer:customer", pk)
    return render(request, "customer/field.html", context, status=422 if form.errors else 200)


@requires("customer.write")
def cell(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Type over a birth date, or a field of the company's own, where it stands in the list."""
    user = member(request)
    party = access.party(user, pk, to="write")
    if name not in {"born", *(each.name for each in offered())}:
        raise Http404(name)
    believed = believed_field(party, name, user)
    form = _form(request, believed, auto_id=f"{believed.name}-of-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        text, seen = form.cleaned_data["text"], request.POST.get("seen", "")
        try:
            entry = correct_in_place(party=party, field=name, text=text, seen=seen, by=user, at=clock.now())
        except UserError as error:
            form.add_error("text", str(error))
        else:
            told = _("%(field)s of %(name)s is changed.") % {"field": believed.label, "name": party.name}
            return done(request, told, back=reverse("customer:customer", args=[pk]), entry=entry)
    context = {"party": party, "form": form, "believed": believed}
    return render(request, "customer/_cell_form.html", context, status=422 if form.errors else 200)


@requires("customer.write")
@require_POST
def withdrawal(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Believe the sources again about one field."""
    party = access.party(member(request), pk, to="write")
    _check(request, name)
    withdraw_correction(party=party, field=name, by=member(request), at=clock.now())
    return redirect("customer:customer", pk)


@requires("customer.read")
@require_GET
def sayings(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Who says what about one field, since when; which rule decided; what was said before."""
    user = member(request)
    party = access.party(user, pk)
    _check(request, name)
    show = saying_in_words(name, user)
    rule, first = queries.deciding_rule(name)
    context = {
        "party": party,
        "believed": believed_field(party, name, user),
        "said": _said(request, party, name),
        "earlier": queries.earlier_sayings(party, name, show),
        "corrections": [] if is_sensitive(name) else queries.corrections(party, name, show),
        "rule": rule,
        "first": first,
        "may_change": access.within_reach(user, pk),
        "may_rule": may(user, "settings.write"),
    }
    return render(request, "customer/sayings.html", context)


def _said(request: HttpRequest, party: Party, name: str) -> list[queries.Saying]:
    return queries.sayings(party, name, saying_in_words(name, member(request)))


def _check(request: HttpRequest, name: str) -> None:
    """A field that is not in use, or not to be seen by this colleague, does not exist."""
    known = name in GOLDEN or custom_field(name) is not None
    if not known or (is_sensitive(name) and not may(request.user, SENSITIVE)):
        raise Http404(name)


def _form(request: HttpRequest, believed: Believed, **more: Any) -> forms.Form:
    given: dict[str, Any] = {"data": request.POST or None, "initial": {"text": believed.written}, **more}
    if custom := custom_field(believed.name):
        return CustomFieldForm(field=custom, meant=partial(meant_by, member(request)), **given)
    kinds = Party.Kind.choices if believed.name == "kind" else None
    return FieldForm(label=believed.label, options=kinds, is_day=believed.name == "born", **given)
