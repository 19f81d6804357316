from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.customer.access import visible_parties
from guanxi.customer.computed_tags import explained
from guanxi.customer.forms import CallForm, NoteForm
from guanxi.customer.models import PartyTag, SourceRecord
from guanxi.customer.panels import panels
from guanxi.customer.queries import identities
from guanxi.customer.queries.beliefs import SENSITIVE, believed_fields
from guanxi.customer.queries.computation import latest_computation
from guanxi.customer.queries.consents import consent_lights
from guanxi.customer.queries.verbatim import legible_payload
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock


@requires("customer.read")
@require_GET
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: who, how close, worth how much, what next; timeline and other apps' panels come by themselves."""
    user = member(request)
    party = access.party(user, pk)
    records = list(identities.records_of(party))
    reading = getattr(party, "reading", None)
    context = {
        "party": party,
        "reading": reading,
        "computation": latest_computation(),
        "roles": identities.roles_of(party, clock.today()),
        "lights": consent_lights(party),
        "identifiers": identities.identifiers_of(party),
        "ties": identities.ties_of(party, user),
        "tags": PartyTag.objects.filter(party=party).select_related("tag", "by").order_by("tag__name"),
        "computed": explained(reading.tags if reading else []),
        "records": records,
        "believed": believed_fields(party, records, user),
        "companies": identities.companies_of(records),
        "actions": panels("action", pk, user),
        "asides": panels("aside", pk, user),
        "may_change": may(user, "customer.write") and visible_parties(user, "customer.write").filter(pk=pk).exists(),
        "note_form": NoteForm(),
        "call_form": CallForm(),
        "composing": request.GET.get("compose", "note"),
    }
    return render(request, "customer/customer.html", context)


@requires("customer.read")
@require_GET
def source(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """What one source says, word for word, with what it said before."""
    party = access.party(member(request), pk)
    found = get_object_or_404(SourceRecord.objects.select_related("source"), pk=record, party=party)
    may_all = may(request.user, SENSITIVE)
    context = {
        "party": party,
        "record": found,
        "payload": legible_payload(found.payload, found.fields, sensitive=may_all),
        "earlier": [
            (each.as_of, legible_payload(each.payload, each.fields, sensitive=may_all))
            for each in found.superseded.order_by("-superseded_at", "-id")
        ],
        "back": reverse("customer:customer", args=[pk]),
    }
    return render(request, "customer/source.html", context)
