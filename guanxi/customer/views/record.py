from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.customer.computed_tags import explained
from guanxi.customer.engagement.modes import MODES, mode_of
from guanxi.customer.fields import SENSITIVE
from guanxi.customer.models import Source, SourceRecord
from guanxi.customer.panels import panels
from guanxi.customer.privacy.beginning import VERB as PRIVACY
from guanxi.customer.queries import identities
from guanxi.customer.queries.beliefs import believed_fields
from guanxi.customer.queries.computation import latest_computation
from guanxi.customer.queries.consents import consent_lights
from guanxi.customer.queries.tags import tags_of
from guanxi.customer.queries.verbatim import discretion
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock


@requires("customer.read")
@require_GET
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: who, how close, worth how much, what next; timeline and other apps' panels come by themselves."""
    user = member(request)
    try:
        party = access.party(user, pk)
    except Http404:
        return redirect("customer:customer", access.party(user, _absorbed_by(pk)).pk)
    composing = request.GET.get("compose", "")
    records = identities.records_of(party)
    reading = getattr(party, "reading", None)
    context = {
        "party": party,
        "reading": reading,
        "computation": latest_computation(),
        "roles": identities.roles_of(party, clock.today()),
        "lights": consent_lights(party),
        "identifiers": identities.identifiers_of(party, user),
        "ties": identities.ties_of(party, user),
        "tags": tags_of(party),
        "computed": explained(reading.tags if reading else []),
        "records": records,
        "believed": believed_fields(party, records, user),
        "companies": identities.companies_of(records),
        "actions": panels("action", pk, user),
        "asides": panels("aside", pk, user),
        "below": panels("below", pk, user),
        "may_change": access.within_reach(user, pk),
        "may_answer": may(user, PRIVACY),
        "may_merge": access.within_reach(user, pk, to="merge"),
        "mode": mode_of(composing),
        "modes": MODES.values(),
        "compose_form": mode_of(composing).form(user),
    }
    return render(request, "customer/customer.html", context)


@requires("customer.read")
@require_GET
def source(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """What one source says, word for word, with what it said before."""
    party = access.party(member(request), pk)
    found = get_object_or_404(SourceRecord.objects.select_related("source"), pk=record, party=party)
    kept_back = discretion(found.source.key, sensitive=may(request.user, SENSITIVE))
    context = {
        "party": party,
        "record": found,
        "may_split": found.source.key != Source.OWN and access.within_reach(member(request), pk, to="merge"),
        "payload": kept_back.legible(found.payload, found.fields),
        "earlier": [
            (each.as_of, kept_back.legible(each.payload, each.fields))
            for each in found.superseded.order_by("-superseded_at", "-id")
        ],
        "back": reverse("customer:customer", args=[pk]),
    }
    return render(request, "customer/source.html", context)


def _absorbed_by(pk: int) -> int:
    """Old addresses of a merged customer lead to the one who holds it now."""
    if (heir := access.heir(pk)) == pk:
        raise Http404(f"party {pk}")
    return heir
