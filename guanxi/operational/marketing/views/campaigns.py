from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.insight.queries.segments import said
from guanxi.operational.marketing.actions import save_campaign
from guanxi.operational.marketing.audiences import audience_of, detectable_by
from guanxi.operational.marketing.forms import CampaignForm
from guanxi.operational.marketing.merge_fields import FIELDS
from guanxi.operational.marketing.models import Campaign
from guanxi.operational.marketing.queries import campaign_lines, latest_verdicts, progress_of
from guanxi.operational.marketing.views.refusals import tells_refusals

EXAMPLES = ("{{ name }}", "{{ city | your town }}")
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@requires("campaign.read")
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign with its state, its arms and what it earned."""
    context = {"lines": campaign_lines(), "may_write": may(request.user, "campaign.write")}
    return render(request, "marketing/campaigns.html", context)


@require_safe
@requires("campaign.read")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, what, when and how much; after the launch, how far it is and what it earned."""
    found = get_object_or_404(Campaign.objects.select_related("segment", "launch__programme", "made_by"), pk=pk)
    launch = getattr(found, "launch", None)
    context = {
        "campaign": found,
        "segment_said": said(found.segment),
        "launch": launch,
        "progress": launch and progress_of(launch),
        "verdict": launch and latest_verdicts([launch.programme_id]).get(launch.programme_id),
        "may_write": may(request.user, "campaign.write"),
        "may_launch": may(request.user, "campaign.launch"),
    }
    return render(request, "marketing/campaign.html", context)


@require_http_methods(FORM_METHODS)
@requires("campaign.write")
def new_campaign(request: HttpRequest) -> HttpResponse:
    return _plan(request, Campaign(), {"segment": request.GET.get("segment", "")})


@require_http_methods(FORM_METHODS)
@requires("campaign.write")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _plan(request, get_object_or_404(Campaign, pk=pk), {})


def _plan(request: HttpRequest, kept: Campaign, initial: dict[str, str]) -> HttpResponse:
    form = CampaignForm(request.POST or None, instance=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_campaign(campaign=form.plan(), templates=form.templates(), by=member(request), at=clock.now())
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Nothing is sent before the launch."))
            return redirect("marketing:campaign", saved.pk)
    context = {"form": form, "campaign": kept, "fields": FIELDS, "examples": EXAMPLES}
    return render(request, "marketing/plan.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires("campaign.read")
@tells_refusals
def audience(request: HttpRequest, pk: int) -> HttpResponse:
    """How many may be written to now and why others may not; asked for by the campaign page when it is open."""
    found = get_object_or_404(Campaign.objects.select_related("segment"), pk=pk)
    at = clock.now()
    counted = audience_of(found, at=at)
    context = {"campaign": found, "audience": counted, "detectable": detectable_by(counted, at=at)}
    return render(request, "marketing/_audience.html", context)
