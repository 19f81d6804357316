from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.operational.marketing.actions import launch_campaign
from guanxi.operational.marketing.audiences import audience_of
from guanxi.operational.marketing.jobs import advance_launches
from guanxi.operational.marketing.models import Campaign, Launch
from guanxi.operational.marketing.queries import progress_of
from guanxi.operational.marketing.views.refusals import tells_refusals


@require_http_methods(["GET", "HEAD", "POST"])
@requires("campaign.launch")
@tells_refusals
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for, the question with its numbers (as a dialog for htmx, as a page without); posted, the launch."""
    found = get_object_or_404(Campaign.objects.select_related("segment"), pk=pk)
    if request.method == "POST":
        return _launch(request, found)
    name = "marketing/_launch_dialog.html" if request.headers.get("HX-Request") else "marketing/launch.html"
    return render(request, name, {"campaign": found, "audience": audience_of(found, at=clock.now())})


def _launch(request: HttpRequest, found: Campaign) -> HttpResponse:
    try:
        launch_campaign(campaign=found, by=member(request), at=clock.now())
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        advance_launches.later()
        messages.success(request, _("Launched. The lot is being drawn, then the messages go out."))
    return redirect("marketing:campaign", found.pk)


@require_safe
@requires("campaign.read")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the campaign page that the worker's news refreshes."""
    launched = get_object_or_404(Launch.objects.select_related("campaign", "programme"), campaign=pk)
    return render(
        request, "marketing/_progress.html", {"progress": progress_of(launched), "campaign": launched.campaign}
    )
