"""What is to be expected of one customer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.foundation.access.doors import member, requires
from guanxi.insight.queries.freshness import freshness
from guanxi.insight.queries.outlook import contact_that_pays, signs


@require_GET
@requires("customer.read")
def outlook(request: HttpRequest, party: int) -> HttpResponse:
    """A panel of the customer page, and a page of its own."""
    customer = access.party(member(request), party)
    reading = getattr(customer, "reading", None)
    facts = {
        "party": customer,
        "reading": reading,
        "computation": reading.computation if reading else None,
        "signs": signs(party) if reading and reading.churn is not None else [],
        "pays": contact_that_pays(reading.at_stake) if reading else None,
        "freshness": freshness(),
    }
    name = "insight/_outlook.html" if request.headers.get("HX-Request") else "insight/outlook.html"
    return render(request, name, facts)
