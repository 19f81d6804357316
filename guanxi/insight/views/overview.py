"""A few questions about the company, each with its answer as a sentence."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company.clock import now
from guanxi.insight.pages import offered_to
from guanxi.insight.queries.freshness import freshness
from guanxi.insight.queries.overview import cohorts, concentration, overdue, sales
from guanxi.insight.queries.today import lines, open_suggestions
from guanxi.insight.queries.worth import worth


@require_GET
@requires("insight.read")
def overview(request: HttpRequest) -> HttpResponse:
    facts = {
        "freshness": freshness(),
        "tiers": concentration(),
        "sales": sales(),
        "cohorts": cohorts(),
        "overdue": overdue(member(request)),
        "worth": worth(),
    }
    facts["further"] = offered_to(member(request))
    facts["may_segments"] = may(request.user, "segment.read")
    facts["may_settings"] = may(request.user, "settings.write")
    return render(request, "insight/overview.html", facts)


@require_GET
@requires("customer.read")
def next_action(request: HttpRequest, party: int) -> HttpResponse:
    """The panel of the customer page: the next best action, why, and what to make of it."""
    customer = access.party(member(request), party)
    facts: dict[str, Any] = {"party": customer, "freshness": freshness(), "may_answer": may(request.user, "today.read")}
    open_one = open_suggestions(member(request), now()).filter(party=customer).select_related("party").first()
    facts["line"] = next(iter(lines([open_one])), None) if open_one else None
    return render(request, "insight/_next_action.html", facts)
