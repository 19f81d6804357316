"""What is worth offering to a customer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.foundation.access.doors import may, member, requires
from guanxi.insight.queries.offers import offering


@require_GET
@requires("customer.read")
def offers(request: HttpRequest, party: int) -> HttpResponse:
    """A panel of the customer page, and a page of its own."""
    customer = access.party(member(request), party)
    facts = {"party": customer, "offering": offering(customer), "may_see_models": may(request.user, "insight.read")}
    name = "insight/_offers.html" if request.headers.get("HX-Request") else "insight/offers.html"
    return render(request, name, facts)
