"""Settings: withdrawing a source as a whole, and hearing it again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanxi.customer.believing.withdrawing import return_source, withdraw_source
from guanxi.customer.jobs.merging import reappraise_one_source
from guanxi.customer.models import Source, SourceRecord
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError

MOST_COUNTED = 10_000


@requires("settings.write")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """How many customers it concerns; sent as a form, the source is withdrawn."""
    source = get_object_or_404(Source.objects.exclude(key=Source.OWN), pk=pk)
    if request.method != "POST":
        records = SourceRecord.objects.filter(source=source)[: MOST_COUNTED + 1].count()
        context = {"source": source, "records": min(records, MOST_COUNTED), "is_exact": records <= MOST_COUNTED}
        return render(request, "customer/settings/withdrawal.html", context)
    told = _("%(source)s is withdrawn. Its customers are computed anew in the background.")
    return _decided(request, source, withdraw_source, told)


@requires("settings.write")
@require_POST
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear a source again."""
    source = get_object_or_404(Source.objects.exclude(key=Source.OWN), pk=pk)
    told = _("%(source)s is heard again. Its customers are computed anew in the background.")
    return _decided(request, source, return_source, told)


def _decided(request: HttpRequest, source: Source, decide: Callable[..., object], told: str) -> HttpResponse:
    try:
        decide(source=source, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
    else:
        reappraise_one_source.later(source=source.pk)
        messages.success(request, told % {"source": source.name})
    return redirect("beliefs:sources")
