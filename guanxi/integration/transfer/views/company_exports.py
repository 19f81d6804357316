"""The whole company on its way out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.doors import an_export
from guanxi.integration.transfer.export import actions
from guanxi.integration.transfer.export.queries import exports_of
from guanxi.integration.transfer.jobs import write_export
from guanxi.integration.transfer.models import Export
from guanxi.integration.transfer.views.exports import given, page

COMPANY = Export.Scope.COMPANY


@require_http_methods(["GET", "HEAD", "POST"])
@requires("company.export")
def company_exports(request: HttpRequest) -> HttpResponse:
    """All exports of the company; POST asks for another one."""
    if request.method == "POST":
        try:
            export = actions.ask_for_company(by=member(request), at=clock.now())
        except UserError as problem:
            messages.error(request, str(problem))
            return redirect("transfer:company-exports")
        write_export.later(export_id=export.pk)
        return redirect("transfer:company-export", export.pk)
    rows, more = page(request, exports_of(member(request)).filter(scope=COMPANY))
    return render(request, "transfer/company_exports.html", {"rows": rows, "next_url": more})


@require_safe
@requires("company.export")
def company_export(request: HttpRequest, pk: int) -> HttpResponse:
    """One export with every file that it holds."""
    return render(request, "transfer/company_export.html", _facts(request, pk))


@require_safe
@requires("company.export")
def company_export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while the files are written."""
    return render(request, "transfer/_company_state.html", _facts(request, pk))


@require_POST
@requires("company.export")
def company_export_cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the writing, or remove the file."""
    actions.cancel_export(export=an_export(member(request), pk, COMPANY), by=member(request), at=clock.now())
    return redirect("transfer:company-export", pk)


@require_POST
@requires("company.export")
def company_export_resumption(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on after a problem."""
    actions.retry_export(export=an_export(member(request), pk, COMPANY), by=member(request), at=clock.now())
    write_export.later(export_id=pk)
    return redirect("transfer:company-export", pk)


@require_safe
@requires("company.export")
def company_export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    export = an_export(member(request), pk, COMPANY)
    return given(request, export) if export.state == Export.State.READY else redirect("transfer:company-export", pk)


def _facts(request: HttpRequest, pk: int) -> dict[str, object]:
    export = an_export(member(request), pk, COMPANY)
    return {"export": export, "parts": list(export.parts.all())}
