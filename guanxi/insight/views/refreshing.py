"""The state of the figures, and the button that makes them anew."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guanxi.foundation.access.doors import may, member, requires
from guanxi.insight.jobs import refresh_readings
from guanxi.insight.queries.freshness import freshness


@require_http_methods(["GET", "POST"])
@requires("today.read")
def refreshing(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if not may(request.user, "refresh.run"):
            raise Http404("refresh.run")
        refresh_readings.later(by=member(request).pk)
        if not request.headers.get("HX-Request"):
            return redirect("home")
    facts = {
        "freshness": freshness(),
        "may_refresh": may(request.user, "refresh.run") and request.method == "GET",
        "asked": request.method == "POST",
    }
    return render(request, "insight/_refreshing.html", facts)
