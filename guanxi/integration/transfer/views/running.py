from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer import actions
from guanxi.integration.transfer.doors import an_import
from guanxi.integration.transfer.jobs import carry_on_import, forget_in_import
from guanxi.integration.transfer.models import Import, Undo
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.progress import Progress, UndoProgress


@requires("import.run")
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An import under way or done."""
    import_ = an_import(pk)
    if import_.state == Import.State.PREPARING:
        return redirect("transfer:mapping", pk)
    return render(request, "transfer/import.html", _facts(request, import_))


@requires("import.run")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while the import runs."""
    import_ = an_import(pk)
    return render(request, "transfer/_progress.html", _facts(request, import_))


def _facts(request: HttpRequest, import_: Import) -> dict[str, object]:
    undo: Undo | None = getattr(import_, "undo", None)
    is_over = import_.state in (Import.State.FINISHED, Import.State.CANCELLED)
    return {
        "import": import_,
        "progress": Progress(import_),
        "undo_progress": UndoProgress(undo) if undo else None,
        "is_kept": place_of(import_.pk).original.exists(),
        "corrections": import_.corrections.order_by("id"),
        "may_undo": is_over and may(member(request), "import.undo"),
    }


@require_POST
@requires("import.run")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it run. A tick that gets lost is made up for by the next minute's."""
    import_ = an_import(pk)
    try:
        actions.start_import(import_=import_, by=member(request), at=now())
    except UserError:
        return redirect("transfer:preview", pk)
    carry_on_import.later(import_id=pk)
    return redirect("transfer:import", pk)


@require_POST
@requires("import.run")
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    actions.pause_import(import_=an_import(pk), by=member(request), at=now())
    return redirect("transfer:import", pk)


@require_POST
@requires("import.run")
def resumption(request: HttpRequest, pk: int) -> HttpResponse:
    actions.resume_import(import_=an_import(pk), by=member(request), at=now())
    carry_on_import.later(import_id=pk)
    return redirect("transfer:import", pk)


@require_POST
@requires("import.run")
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out the rest."""
    actions.cancel_import(import_=an_import(pk), by=member(request), at=now())
    forget_in_import.later(import_id=pk)
    return redirect("transfer:import", pk)
