"""Undoing an import: what would go and what would stay, the act, and the customers who were kept."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.audit.actions import record
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in
from guanxi.integration.transfer.doors import an_import
from guanxi.integration.transfer.jobs import undo_import
from guanxi.integration.transfer.undo.asking import ask_for_undo, pause_undo, resume_undo
from guanxi.integration.transfer.undo.listing import kept_csv, kept_rows
from guanxi.integration.transfer.undo.models import Undo
from guanxi.integration.transfer.undo.queries import forecast
from guanxi.integration.transfer.views.files import as_csv

PAGE = 100


@requires("import.undo")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing would do; with a POST let it happen."""
    import_, problem = an_import(pk), ""
    if request.method == "POST":
        try:
            ask_for_undo(import_=import_, by=member(request), at=now())
        except UserError as refusal:
            problem = str(refusal)
        else:
            undo_import.later(import_id=pk)
            return redirect("transfer:import", pk)
    facts = {"import": import_, "forecast": forecast(import_), "problem": problem}
    return render(request, "transfer/undo.html", facts, status=422 if problem else 200)


@require_POST
@requires("import.undo")
def undo_pause(request: HttpRequest, pk: int) -> HttpResponse:
    pause_undo(undo=_undo(pk), by=member(request), at=now())
    return redirect("transfer:import", pk)


@require_POST
@requires("import.undo")
def undo_resumption(request: HttpRequest, pk: int) -> HttpResponse:
    resume_undo(undo=_undo(pk), by=member(request), at=now())
    undo_import.later(import_id=pk)
    return redirect("transfer:import", pk)


@requires("import.undo")
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stays though the import was undone, and why; `after` continues the list."""
    undo = _undo(pk)
    rows, last = kept_rows(undo, user=member(request), after=whole_number_in(request.GET, "after") or 0, most=PAGE)
    next_url = f"?after={last}" if last else ""
    return render(request, "transfer/kept.html", {"import": undo.of, "undo": undo, "rows": rows, "next_url": next_url})


@requires("import.undo")
def kept_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as a file."""
    undo = _undo(pk)
    record(verb="transfer.file_given_out", by=member(request), at=now(), subject=f"import:{pk}", what="kept")
    return as_csv(kept_csv(undo), f"{Path(undo.of.file_name).stem}-kept.csv")


def _undo(pk: int) -> Undo:
    """The undo of this import; else 404."""
    return get_object_or_404(Undo.objects.select_related("of"), of=pk)
