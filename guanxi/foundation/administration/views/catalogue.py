from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guanxi.foundation.access.doors import requires
from guanxi.foundation.catalogue.queries import PAGE, products


@require_safe
@requires("product.read")
def catalogue(request: HttpRequest) -> HttpResponse:
    """What the company sells, by number, with its latest price."""
    words = request.GET.get("q", "").strip()
    found = list(products(words=words, after=request.GET.get("after", "")))
    more = found[PAGE - 1].sku if len(found) > PAGE else None
    return render(
        request,
        "administration/products.html",
        {"products": found[:PAGE], "more": more, "words": words},
    )
