"""The palette's answers, the living style page, and the pages of the frame itself."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.foundation.access.doors import requires
from guanxi.foundation.ui.palette import groups, instead
from guanxi.foundation.ui.sample_form import SampleForm
from guanxi.foundation.ui.samples import samples

READ = "today.read"  # what every role of the company is granted


@require_GET
@requires(READ)
def found(request: HttpRequest) -> HttpResponse:
    """The palette's list as a fragment; as a page for readers without a script."""
    query = request.GET.get("q", "").strip()[:80]
    name = "ui/_found.html" if request.headers.get("HX-Request") else "ui/found.html"
    answer = groups(request, query)
    told = {"groups": answer or instead(request, query), "is_nothing": not answer, "query": query}
    return render(request, name, told)


@requires(READ)
def style(request: HttpRequest) -> HttpResponse:
    """Every component in all its states, drawn by the templates that the product uses."""
    form = SampleForm(request.POST or {"email": "li.wei@", "name": ""})
    return render(request, "ui/style.html", {**samples(), "form": form, "blank_form": SampleForm(auto_id="blank_%s")})


@require_POST
@requires(READ)
def style_move(request: HttpRequest) -> HttpResponse:
    """The board of the style page: the last lane refuses, so that the way back can be seen."""
    return HttpResponse(status=409 if request.POST.get("lane") == "lost" else 204)


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/offline.html")


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What a device needs to install Guanxi as an app."""
    icons = [
        {"src": static("ui/seal.svg"), "type": "image/svg+xml", "sizes": "any"},
        *(
            {"src": static(f"ui/seal-{size}.png"), "type": "image/png", "sizes": f"{size}x{size}"}
            for size in (192, 512)
        ),
    ]
    facts = {
        "name": _("Guanxi"),
        "short_name": _("Guanxi"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f1e7",
        "theme_color": "#f6f1e7",
        "icons": icons,
    }
    return JsonResponse(facts, content_type="application/manifest+json")


def _png(size: int) -> dict[str, str]:
    return {"src": static(f"ui/seal-{size}.png"), "type": "image/png", "sizes": f"{size}x{size}"}
