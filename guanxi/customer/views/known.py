from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer.access import visible_parties
from guanxi.customer.pool.knowing import USUAL_DAYS
from guanxi.customer.queries.known import by_colleague
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock


@requires("customer.handover")
@require_GET
def known_to_one(request: HttpRequest) -> HttpResponse:
    """Whom one colleague alone has been in touch with within a year, and how much of it they have taken out."""
    rows = by_colleague(visible_parties(member(request)), clock.now(), USUAL_DAYS)
    return render(request, "customer/known_to_one.html", {"rows": rows, "days": USUAL_DAYS})
