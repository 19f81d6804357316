from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.audit.queries import PAGE, trail
from guanxi.foundation.audit.veils import facts_for
from guanxi.foundation.given import whole_number_in


@require_safe
@requires("audit.read")
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    asked = {"verb": request.GET.get("verb", "").strip(), "subject": request.GET.get("subject", "").strip()}
    entries = list(trail(**asked, before=whole_number_in(request.GET, "before")))
    more = entries[PAGE - 1].pk if len(entries) > PAGE else None
    read = [(each, facts_for(member(request), each)) for each in entries[:PAGE]]
    return render(request, "administration/trail.html", {"entries": read, "more": more, **asked})
