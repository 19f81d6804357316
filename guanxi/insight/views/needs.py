"""What customers are due to buy again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.given import whole_number_in
from guanxi.insight.queries.freshness import Freshness, freshness
from guanxi.insight.queries.needs import ORDERS, STATES, Asked, needs_of, page_of_needs
from guanxi.insight.scores.needs import SOON


@require_GET
@requires("today.read")
def due(request: HttpRequest) -> HttpResponse:
    """All that is due in the next days or late, of the customers whom the colleague looks after."""
    fresh = freshness()
    asked = _asked(request, fresh)
    rows, more = page_of_needs(member(request), asked) if asked else ([], None)
    facts = {"rows": rows, "more": more, "asked": asked, "freshness": fresh, "soon": SOON}
    if request.headers.get("HX-Request"):
        return render(request, "insight/_due_rows.html", facts)
    facts |= {
        "may_see_models": may(request.user, "insight.read"),
        "may_list": may(request.user, "customer.read"),
    }
    return render(request, "insight/due.html", facts)


@require_GET
@requires("customer.read")
def due_of(request: HttpRequest, party: int) -> HttpResponse:
    """A panel of the customer page, which is not there when nothing is due; and a page of its own."""
    customer, fresh = access.party(member(request), party), freshness()
    rows = needs_of(customer.pk, timezone.localdate(fresh.as_of)) if fresh.as_of else []
    is_page = not request.headers.get("HX-Request")
    name = "insight/due_of.html" if is_page else "insight/_due_panel.html"
    return render(request, name, {"party": customer, "rows": rows, "freshness": fresh, "is_page": is_page})


def _asked(request: HttpRequest, fresh: Freshness) -> Asked | None:
    """None before the first refresh."""
    state, order = request.GET.get("state", ""), request.GET.get("order", "")
    if (state and state not in STATES) or order not in ORDERS:
        raise Http404
    if fresh.as_of is None:
        return None
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    return Asked(timezone.localdate(fresh.as_of), state, words, order, whole_number_in(request.GET, "after"))
