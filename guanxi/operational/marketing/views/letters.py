from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.operational.marketing.models import Campaign
from guanxi.operational.marketing.previews import preview
from guanxi.operational.marketing.views.refusals import tells_refusals


@require_safe
@requires("campaign.read")
@tells_refusals
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what one member of the segment would be sent: by name, or the next one after the last."""
    found = get_object_or_404(Campaign.objects.select_related("segment"), pk=pk)
    asked = request.GET.get("after", "")
    if asked and not asked.isdecimal():
        raise Http404(asked)
    words = request.GET.get("q", "").strip()
    shown = preview(found, reader=member(request), words=words, after=int(asked or 0), at=clock.now())
    return render(request, "marketing/_letter.html", {"campaign": found, "preview": shown, "words": words})
