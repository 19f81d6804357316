"""How one relationship goes: its stages, its strength, and what usually comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.foundation.access.doors import member, requires
from guanxi.insight.queries.course import expected_stages, stage_entries, strength_entries
from guanxi.insight.queries.explaining import figures_of, said
from guanxi.insight.queries.freshness import freshness
from guanxi.insight.words import stage_reason

BEHAVIOUR = ("days_year", "revenue_year", "width", "since", "cycle")
TIME = ("T", "active_months")


@require_GET
@requires("customer.read")
def course(request: HttpRequest, party: int) -> HttpResponse:
    """A panel of the customer page, and a page of its own."""
    customer = access.party(member(request), party)
    reading = getattr(customer, "reading", None)
    entries, strengths, figures = stage_entries(party), strength_entries(party), figures_of(party)
    facts = {
        "party": customer,
        "reading": reading,
        "entries": [(each, stage_reason(each.stage)) for each in entries],
        "strengths": strengths,
        "lines": {
            name: [getattr(each, name) for each in strengths if getattr(each, name) is not None]
            for name in ("behaviour", "emotion", "time")
        },
        "behaviour": said(figures, BEHAVIOUR),
        "time": said(figures, TIME),
        "expected": expected_stages(reading.stage) if reading and reading.stage else [],
        "freshness": freshness(),
    }
    name = "insight/_course_panel.html" if request.headers.get("HX-Request") else "insight/course.html"
    return render(request, name, facts)
