"""Customers on their way out: what is asked for, how far it is, and the file."""

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guanxi.customer.filters import BadCondition, phrases
from guanxi.customer.listing.questions import Question, read_question
from guanxi.customer.models import SavedView
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.audit.actions import record
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import is_whole_number, whole_number_in
from guanxi.integration.transfer.doors import an_export
from guanxi.integration.transfer.export import actions
from guanxi.integration.transfer.export.asking import customers_of
from guanxi.integration.transfer.export.limits import left_today
from guanxi.integration.transfer.export.place import file_of
from guanxi.integration.transfer.export.queries import exports_of
from guanxi.integration.transfer.forms import ExportForm
from guanxi.integration.transfer.jobs import write_export
from guanxi.integration.transfer.models import Export

PAGE = 50
CUSTOMERS = Export.Scope.CUSTOMERS


@require_safe
@requires("customer.export")
def exports(request: HttpRequest) -> HttpResponse:
    """What the colleague has taken out; `before` continues the list."""
    rows, more = page(request, exports_of(member(request)).filter(scope=CUSTOMERS))
    left = left_today(member(request), clock.now())
    return render(request, "transfer/exports.html", {"rows": rows, "next_url": more, "left": left})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("customer.export")
def new(request: HttpRequest) -> HttpResponse:
    """Which customers, in which format; the question stands in the address, as on the list."""
    form = ExportForm(request.POST or None)
    try:
        asked = _question(request)
    except BadCondition as problem:
        return render(request, "transfer/new_export.html", {"problem": str(problem)}, status=422)
    if request.method == "POST" and form.is_valid():
        wanted = {"question": asked.pairs(), "form": form.cleaned_data["format"]}
        try:
            export = actions.ask_for_customers(by=member(request), at=clock.now(), **wanted)
        except UserError as problem:
            form.add_error(None, str(problem))
        else:
            write_export.later(export_id=export.pk)
            return redirect("transfer:export", export.pk)
    return _new_page(request, form, asked)


def _new_page(request: HttpRequest, form: ExportForm, asked: Question) -> HttpResponse:
    user, at = member(request), clock.now()
    left = left_today(user, at)
    rows = customers_of(asked.pairs(), user, at).order_by().values("pk")[: left + 1].count()
    facts = {"form": form, "asked": asked, "phrases": phrases(asked.conditions), "rows": rows, "left": left}
    return render(request, "transfer/new_export.html", facts, status=422 if form.errors else 200)


@require_safe
@requires("customer.export")
def export_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One export under way or done."""
    return render(request, "transfer/export.html", {"export": an_export(member(request), pk, CUSTOMERS)})


@require_safe
@requires("customer.export")
def export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while the file is written."""
    return render(request, "transfer/_export_state.html", {"export": an_export(member(request), pk, CUSTOMERS)})


@require_POST
@requires("customer.export")
def export_cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the writing, or remove the file."""
    actions.cancel_export(export=an_export(member(request), pk, CUSTOMERS), by=member(request), at=clock.now())
    return redirect("transfer:export", pk)


@require_safe
@requires("customer.export")
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    export = an_export(member(request), pk, CUSTOMERS)
    return given(request, export) if export.state == Export.State.READY else redirect("transfer:export", pk)


def given(request: HttpRequest, export: Export) -> HttpResponseBase:
    """The finished file as a download, which is noted."""
    record(verb="transfer.export_fetched", by=member(request), at=clock.now(), subject=f"export:{export.pk}")
    file = file_of(export.pk).open("rb")
    return FileResponse(file, as_attachment=True, filename=export.file_name, content_type="application/octet-stream")


def page(request: HttpRequest, found: QuerySet[Export]) -> tuple[list[Export], str]:
    """A page of exports, the latest first, and the address of the next one."""
    before = whole_number_in(request.GET, "before")
    rows = list((found if before is None else found.filter(pk__lt=before))[: PAGE + 1])
    return rows[:PAGE], f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""


def _question(request: HttpRequest) -> Question:
    wanted = request.GET.get("view", "")
    views = SavedView.objects.filter(pk=wanted) if is_whole_number(wanted) else SavedView.objects.none()
    user = member(request)
    return read_question(request.GET, (views.filter(owner=user) | views.filter(is_shared=True)).first(), user)
