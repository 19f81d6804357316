"""What a customer is known by and to whom it belongs: typed in, vouched for, begun and ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanxi.customer import access
from guanxi.customer.actions import (
    add_identifier,
    begin_relationship,
    end_relationship,
    remove_identifier,
    unite_household,
    verify_identifier,
    withdraw_verification,
)
from guanxi.customer.entering import Suspect, consequence, doubts, must_ask, send_to_review
from guanxi.customer.forms import EndForm, IdentifierForm, RelationshipForm
from guanxi.customer.models import Identifier, Party, Relationship
from guanxi.customer.queries import identities
from guanxi.customer.queries.related import meant_by
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


@requires("customer.write")
def identifiers(request: HttpRequest, pk: int) -> HttpResponse:
    """All that points at the customer; another one can be typed in, after a look at who else has it."""
    party = access.party(member(request), pk, to="write")
    form = IdentifierForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _identifiers(request, party, form, status=422 if form.errors else 200)
    kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
    found = doubts(party, kind, text, member(request))
    if must_ask(found, anyway="anyway" in request.POST):
        return _identifiers(request, party, form, status=409, found=found)
    try:
        add_identifier(party=party, kind=kind, text=text, by=member(request), at=clock.now())
    except UserError as error:
        form.add_error("text", str(error))
        return _identifiers(request, party, form, status=422)
    send_to_review(party, found, at=clock.now())
    return redirect("customer:identifiers", pk)


@requires("customer.write")
@require_POST
def identifier_removal(request: HttpRequest, pk: int, identifier: int) -> HttpResponse:
    """Take back an identifier that a colleague typed in."""
    return _changed(request, pk, identifier, remove_identifier)


@requires("customer.write")
@require_POST
def verification(request: HttpRequest, pk: int, identifier: int) -> HttpResponse:
    """Vouch for an identifier, saying how one knows."""
    return _changed(request, pk, identifier, verify_identifier, how=request.POST.get("how", ""))


@requires("customer.write")
@require_POST
def verification_withdrawal(request: HttpRequest, pk: int, identifier: int) -> HttpResponse:
    """No longer vouch for it."""
    return _changed(request, pk, identifier, withdraw_verification)


@requires("customer.write")
def relationships(request: HttpRequest, pk: int) -> HttpResponse:
    """How the customer stands to others, now and before; another relationship can begin."""
    user = member(request)
    party = access.party(user, pk, to="write")
    form = RelationshipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _begin(party, form.cleaned_data, user)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return redirect("customer:relationships", pk)
    context = {"party": party, "form": form, "ties": identities.ties_of(party, user), "today": clock.today()}
    return render(request, "customer/bonds/relationships.html", context, status=422 if form.errors else 200)


@requires("customer.write")
@require_POST
def relationship_end(request: HttpRequest, pk: int, relationship: int) -> HttpResponse:
    """A relationship no longer holds from a day on (today, if none is said)."""
    party = access.party(member(request), pk, to="write")
    mine = Relationship.objects.filter(party=party) | Relationship.objects.filter(other=party)
    found = get_object_or_404(mine, pk=relationship)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no day. Nothing was changed."))
        return redirect("customer:relationships", pk)
    until = form.cleaned_data["until"] or clock.today()
    try:
        end_relationship(relationship=found, until=until, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
    return redirect("customer:relationships", pk)


def _begin(party: Party, given: dict[str, Any], user: User) -> None:
    """Two persons of whom one says "household" found one together."""
    text = given.pop("other")
    other = get_object_or_404(Party, pk=meant_by(user, text))
    if given["kind"] == Relationship.Kind.HOUSEHOLD and other.kind == Party.Kind.PERSON:
        unite_household(members=[party, other], by=user, at=clock.now())
        return
    begin_relationship(party=party, other=other, **given, by=user, at=clock.now())


def _identifiers(
    request: HttpRequest, party: Party, form: IdentifierForm, *, status: int, found: list[Suspect] | None = None
) -> HttpResponse:
    context = {
        "party": party,
        "form": form,
        "identifiers": identities.identifiers_of(party, member(request)),
        "suspects": found or [],
        "action": consequence(found or []),
    }
    return render(request, "customer/bonds/identifiers.html", context, status=status)


def _changed(request: HttpRequest, pk: int, identifier: int, act: Any, **more: str) -> HttpResponse:
    """Do one thing with one identifier of the customer, or say why not."""
    party = access.party(member(request), pk, to="write")
    found = get_object_or_404(Identifier.objects.select_related("source_record__source"), pk=identifier, party=party)
    try:
        act(identifier=found, **more, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("customer:identifiers", pk)
