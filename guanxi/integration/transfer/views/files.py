"""What is given out: outcomes, rejected rows, and the file as it came. Each download is noted on the audit trail."""

from collections.abc import Iterable
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.audit.actions import record
from guanxi.foundation.company.clock import now
from guanxi.integration.transfer.doors import an_import
from guanxi.integration.transfer.downloads import outcomes_csv, rejects_csv, trial_csv
from guanxi.integration.transfer.mapping.checking import is_complete
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.previewing import preview
from guanxi.integration.transfer.queries import REJECTS


@requires("import.run")
def outcomes(request: HttpRequest, pk: int) -> HttpResponseBase:
    import_ = an_import(pk)
    _note(request, import_, "outcomes")
    return as_csv(outcomes_csv(import_), f"{Path(import_.file_name).stem}-outcomes.csv")


@require_safe
@requires("import.run")
def trial(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What would become of each of the first rows, before anything has."""
    import_ = an_import(pk)
    found = None
    if import_.state == Import.State.PREPARING and is_complete(import_):
        found = preview(import_, at=now(), by=member(request)).trial
    if found is None:
        return redirect("transfer:import", pk)
    _note(request, import_, "trial")
    return as_csv(trial_csv(found), f"{Path(import_.file_name).stem}-trial.csv")


@requires("import.run")
def rejects(request: HttpRequest, pk: int) -> HttpResponseBase:
    import_ = an_import(pk)
    _note(request, import_, "rejects")
    return as_csv(rejects_csv(import_), f"{Path(import_.file_name).stem}{REJECTS}.csv")


@requires("import.run")
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, unless it told of somebody who was erased and is no longer kept."""
    import_ = an_import(pk)
    if not place_of(pk).original.exists():
        raise Http404
    _note(request, import_, "original")
    file = place_of(pk).original.open("rb")
    return FileResponse(file, as_attachment=True, filename=import_.file_name, content_type="application/octet-stream")


def as_csv(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """A CSV that is given out line by line."""
    disposition = content_disposition_header(True, name) or "attachment"
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def _note(request: HttpRequest, import_: Import, what: str) -> None:
    record(verb="transfer.file_given_out", by=member(request), at=now(), subject=f"import:{import_.pk}", what=what)
