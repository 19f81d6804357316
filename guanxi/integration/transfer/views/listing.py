from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.given import whole_number_in
from guanxi.integration.transfer import actions, queries
from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.forms import UploadForm
from guanxi.integration.transfer.progress import Progress

PAGE = 50


@requires("import.run")
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, the latest first; `before` continues the list."""
    found = list(queries.imports(before=whole_number_in(request.GET, "before"))[: PAGE + 1])
    rows = [Progress(each) for each in found[:PAGE]]
    more = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return render(request, "transfer/imports.html", {"rows": rows, "next_url": more})


@requires("import.run")
def new(request: HttpRequest) -> HttpResponse:
    """Hand in a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "transfer/new.html", {"form": form})
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            import_ = actions.receive_file(name=file.name, blocks=file.chunks(), by=member(request), at=now())
        except FileProblem as problem:
            form.add_error("file", _("%(problem)s Nothing was taken in.") % {"problem": problem})
        else:
            return redirect("transfer:mapping", import_.pk)
    return render(request, "transfer/new.html", {"form": form}, status=422)
