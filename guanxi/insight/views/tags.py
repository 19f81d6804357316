"""The catalogue of computed tags."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.foundation.given import whole_number_in
from guanxi.insight import actions
from guanxi.insight import tags as shelf
from guanxi.insight.queries.explaining import figures_of, said
from guanxi.insight.queries.freshness import freshness
from guanxi.insight.queries.tags import computed_tag, computed_tags, sample_of_tag


@require_GET
@requires("insight.read")
def catalogue(request: HttpRequest) -> HttpResponse:
    """All computed tags: the rule in words, its unit, whom to ask, how many customers."""
    return render(request, "insight/tags.html", {"rows": computed_tags(), "freshness": freshness()})


@require_GET
@requires("insight.read")
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One tag: its rule, the figures it reads, how fresh it is, some customers who have it."""
    found = computed_tag(key)
    if found is None:
        raise Http404(key)
    facts = {
        "found": found,
        "figures": shelf.figure_names(found.tag),
        "freshness": freshness(),
        "sample": sample_of_tag(found.tag, member(request)),
        "may_entrust": may(request.user, "tag.write"),
        "colleagues": User.objects.filter(is_active=True).order_by("name"),
    }
    return render(request, "insight/tag.html", facts)


@require_POST
@requires("tag.write")
def steward(request: HttpRequest, key: str) -> HttpResponse:
    """Say whom to ask about a tag."""
    tag, wanted = shelf.tag(key), whole_number_in(request.POST, "person")
    if tag is None:
        raise Http404(key)
    person = get_object_or_404(User, pk=wanted, is_active=True) if wanted is not None else None
    actions.entrust_tag(tag=tag, person=person, by=member(request), at=now())
    return redirect("insight:tag-page", key)


@require_GET
@requires("customer.read")
def why(request: HttpRequest, party: int, key: str) -> HttpResponse:
    """Why this customer has this tag: the rule, and the customer's own figures."""
    customer = access.party(member(request), party)
    found = shelf.tag(key)
    if found is None or not hasattr(customer, "reading") or key not in customer.reading.tags:
        raise Http404(key)
    facts = {"tag": found, "figures": said(figures_of(customer.pk), found.shows), "party": customer}
    name = "insight/_tag.html" if request.headers.get("HX-Request") else "insight/why.html"
    return render(request, name, facts)
