"""A few questions about the company, each with its answer as a sentence."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company.clock import now
from guanxi.insight import tags as catalogue
from guanxi.insight.queries.explaining import figures_of, said
from guanxi.insight.queries.freshness import facts_of, freshness
from guanxi.insight.queries.overview import cohorts, concentration, overdue, sales
from guanxi.insight.queries.today import lines, open_suggestions


@require_GET
@requires("insight.read")
def overview(request: HttpRequest) -> HttpResponse:
    facts = {
        "freshness": freshness(),
        "tiers": concentration(),
        "sales": sales(),
        "cohorts": cohorts(),
        "overdue": overdue(member(request)),
    }
    facts["may_segments"] = may(request.user, "segment.read")
    return render(request, "insight/overview.html", facts)


@require_GET
@requires("insight.read")
def tags(request: HttpRequest) -> HttpResponse:
    """The catalogue of computed tags."""
    counts: dict[str, int] = facts_of("scores").get("tags", {})
    rows = [(each, counts.get(each.key)) for each in catalogue.all_tags()]
    return render(request, "insight/tags.html", {"rows": rows, "freshness": freshness()})


@require_GET
@requires("customer.read")
def tag(request: HttpRequest, party: int, key: str) -> HttpResponse:
    """Why this customer has this tag: the rule, and the customer's own figures."""
    customer = access.party(member(request), party)
    found = catalogue.tag(key)
    if found is None or not hasattr(customer, "reading") or key not in customer.reading.tags:
        raise Http404(key)
    shown = said(figures_of(customer.pk), found.shows)
    return render(request, "insight/_tag.html", {"tag": found, "figures": shown, "party": customer})


@require_GET
@requires("customer.read")
def next_action(request: HttpRequest, party: int) -> HttpResponse:
    """The panel of the customer page: the next best action, why, and what to make of it."""
    customer = access.party(member(request), party)
    facts: dict[str, Any] = {"party": customer, "freshness": freshness(), "may_answer": may(request.user, "today.read")}
    open_one = open_suggestions(member(request), now()).filter(party=customer).select_related("party").first()
    facts["line"] = next(iter(lines([open_one])), None) if open_one else None
    return render(request, "insight/_next_action.html", facts)
