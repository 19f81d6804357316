from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer import actions, queries
from guanxi.integration.transfer.doors import an_import
from guanxi.integration.transfer.figures import notes, rejections, results
from guanxi.integration.transfer.forms import MappingForm, ReadingForm
from guanxi.integration.transfer.mapping.checking import require_fields
from guanxi.integration.transfer.mapping.proposal import sample
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.previewing import preview

FIRST_ROWS = 12
SAMPLE = 60


@requires("import.run")
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column means what."""
    import_ = an_import(pk)
    if import_.state != Import.State.PREPARING:
        return redirect("transfer:import", pk)
    form = MappingForm(import_, request.POST or None)
    if request.method != "POST":
        return _mapping(request, import_, form, ReadingForm(import_))
    if form.is_valid():
        actions.map_columns(
            import_=import_,
            kind=import_.kind,
            source=form.cleaned_data["source"],
            mapping=form.mapping(),
            choices=form.choices(),
        )
        return redirect("transfer:preview", pk)
    return _mapping(request, import_, form, ReadingForm(import_), status=422)


@require_POST
@requires("import.run")
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file differently, and map it anew."""
    import_ = an_import(pk)
    form = ReadingForm(import_, request.POST)
    if form.is_valid():
        try:
            actions.read_again(import_=import_, kind=form.cleaned_data["kind"], changes=form.changes())
        except UserError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("transfer:mapping", pk)
    return _mapping(request, an_import(pk), MappingForm(an_import(pk)), form, status=422)


@requires("import.run")
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the import would do."""
    import_ = an_import(pk)
    if import_.state != Import.State.PREPARING:
        return redirect("transfer:import", pk)
    facts = {"import": import_, "rows": _first_rows(import_), "columns": queries.mapped_columns(import_)}
    try:
        require_fields(import_)
    except UserError as problem:
        return render(request, "transfer/preview.html", {**facts, "problem": str(problem)}, status=422)
    return render(request, "transfer/preview.html", {**facts, **_forecast(request, import_)})


def _forecast(request: HttpRequest, import_: Import) -> dict[str, Any]:
    found = preview(import_, at=now(), by=member(request))
    told = {"results": results(found.counts), "rejections": rejections(found.counts), "notes": notes(found.counts)}
    return {"preview": found, "forecast": told, "is_worth_it": found.takes_in}


def _mapping(
    request: HttpRequest, import_: Import, form: MappingForm, reading_form: ReadingForm, status: int = 200
) -> HttpResponse:
    columns = form.columns(sample(place_of(import_.pk), len(import_.header), SAMPLE))
    facts = {
        "import": import_,
        "form": form,
        "reading": reading_form,
        "columns": list(columns),
        "sources": queries.source_keys(),
    }
    return render(request, "transfer/mapping.html", facts, status=status)


def _first_rows(import_: Import) -> list[tuple[int, list[str]]]:
    columns = sample(place_of(import_.pk), len(import_.header), FIRST_ROWS)
    first = import_.reading["header"] + 1
    return [(first + place, list(cells)) for place, cells in enumerate(zip(*columns, strict=True))]
