from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.given import whole_number_in
from guanxi.operational.marketing.models import Campaign
from guanxi.operational.marketing.previews import preview
from guanxi.operational.marketing.views.refusals import tells_refusals


@require_safe
@requires("campaign.read")
@tells_refusals
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what one member of the segment would be sent: by name, or the next one after the last."""
    found = get_object_or_404(Campaign.objects.select_related("segment"), pk=pk)
    words, after = request.GET.get("q", "").strip(), whole_number_in(request.GET, "after") or 0
    shown = preview(found, reader=member(request), words=words, after=after, at=clock.now())
    return render(request, "marketing/_letter.html", {"campaign": found, "preview": shown, "words": words})
