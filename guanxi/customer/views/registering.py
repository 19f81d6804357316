from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.customer.models import Registration
from guanxi.customer.queries.registrations import conflicts, registrations_of
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.given import whole_number_in

SPANS = (7, 30, 90)
USUAL = 30
PAGE = 25


@requires("customer.read")
@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who brought this customer, when, and who came later."""
    party = access.party(member(request), pk)
    context = {"party": party, "registrations": list(registrations_of(party))}
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, f"customer/bonds/{'_registered' if is_part else 'registered'}.html", context)


@requires("customer.merge")
@require_GET
def contested(request: HttpRequest) -> HttpResponse:
    """Customers whom several colleagues brought within a few days: whose they are is a manager's to say."""
    wanted = whole_number_in(request.GET, "days")
    days = wanted if wanted in SPANS else USUAL
    last = whole_number_in(request.GET, "after")
    after = Registration.objects.filter(pk=last).first() if last is not None else None
    found, more = conflicts(member(request), days=days, now=clock.now(), most=PAGE, after=after)
    context = {"conflicts": found, "days": days, "spans": SPANS, "more": more.pk if more else None}
    return render(request, "customer/reviewing/registrations.html", context)
