from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.customer.access import visible_parties
from guanxi.customer.actions import create_customer
from guanxi.customer.computed_tags import explained
from guanxi.customer.forms import CallForm, CustomerForm, NoteForm
from guanxi.customer.models import Party, PartyTag, SourceRecord
from guanxi.customer.panels import panels
from guanxi.customer.queries import identities
from guanxi.customer.queries.computation import latest_computation
from guanxi.customer.queries.consents import consent_lights
from guanxi.customer.queries.duplicates import resembling
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


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
        "ties": identities.ties_of(party),
        "tags": PartyTag.objects.filter(party=party).select_related("tag", "by").order_by("tag__name"),
        "computed": explained(reading.tags if reading else []),
        "records": records,
        "believed": identities.believed_fields(party, records),
        "companies": identities.companies_of(records),
        "actions": panels("action", pk, user),
        "asides": panels("aside", pk, user),
        "may_change": may(user, "customer.write") and visible_parties(user, "customer.write").filter(pk=pk).exists(),
        "note_form": NoteForm(),
        "call_form": CallForm(),
        "composing": request.GET.get("compose", "note"),
    }
    return render(request, "customer/customer.html", context)


@requires("customer.create")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a customer by hand. Customers who resemble the new one are shown before anything is stored."""
    form = CustomerForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    alike: list[Party] = []
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if value}
        alike = resembling(fields, visible_parties(member(request)))
        if not alike or "anyway" in request.POST:
            try:
                made = create_customer(fields=fields, owner=member(request), by=member(request), at=clock.now())
            except UserError as error:
                form.add_error(None, str(error))
            else:
                return redirect("customer:customer", made.pk)
    status = 422 if form.errors else 200
    return render(request, "customer/new.html", {"form": form, "alike": alike}, status=status)


@requires("customer.read")
@require_GET
def source(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """What one source says, word for word, with what it said before."""
    party = access.party(member(request), pk)
    found = get_object_or_404(SourceRecord.objects.select_related("source"), pk=record, party=party)
    earlier = found.superseded.order_by("-superseded_at", "-id")
    back = reverse("customer:customer", args=[pk])
    return render(request, "customer/source.html", {"party": party, "record": found, "earlier": earlier, "back": back})
