from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.access.models import Role
from guanxi.foundation.company import clock
from guanxi.integration.transfer.export.actions import set_limit
from guanxi.integration.transfer.forms import LimitForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires("settings.write")
def export_limits(request: HttpRequest) -> HttpResponse:
    """How many customers a colleague of each role that may export takes out a day at most."""
    roles = list(Role.objects.filter(grants__verb="customer.export").order_by("name"))
    form = LimitForm(roles, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for role, rows in form.changes():
                set_limit(role=role, rows_a_day=rows, by=member(request), at=clock.now())
        messages.success(request, _("Saved."))
        return redirect("transfer:export-limits")
    return render(request, "transfer/export_limits.html", {"form": form}, status=422 if form.errors else 200)
