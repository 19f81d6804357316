"""The settings of public pools and of territories."""

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.actions.charting import draw_territory
from guanxi.customer.actions.pooling import close_pool, keep_pool
from guanxi.customer.jobs.pool import enrol_owned, place_customers
from guanxi.customer.models import Pool, Territory
from guanxi.customer.pool_forms import PlaceFormSet, PoolForm, RuleFormSet, TerritoryForm
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


@requires("pool.manage")
@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """The open pools with their rules and how many claims stand."""
    held = Count("claims", filter=Q(claims__released_at=None))
    rows = Pool.objects.annotate(held=held).select_related("team", "territory").order_by("closed_at", "name")
    return render(request, "customer/settings/pools.html", {"pools": [each for each in rows if not each.closed_at]})


@requires("pool.manage")
def pool(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Open a pool, or change the rules of one; they hold for claims from then on."""
    kept = get_object_or_404(Pool, pk=pk, closed_at=None) if pk else Pool(opened_at=clock.now())
    form = PoolForm(request.POST or None, instance=kept)
    rules = RuleFormSet(request.POST or None, initial=_rules_of(kept), prefix="rules")
    if request.method == "POST" and form.is_valid() and rules.is_valid():
        try:
            keep_pool(
                pool=form.instance,
                roles=form.cleaned_data["roles"],
                teams=form.cleaned_data["teams"],
                caps=form.caps(),
                rules=[each for each in rules.cleaned_data if each],
                by=member(request),
                at=clock.now(),
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. The rules hold for claims from now on."))
            return redirect("ownership:pools")
    failed = bool(form.errors) or (rules.is_bound and not rules.is_valid())
    context = {"form": form, "rules": rules, "pool": kept}
    return render(request, "customer/settings/pool.html", context, status=422 if failed else 200)


def _rules_of(pool: Pool) -> list[Mapping[str, object]]:
    return list(pool.rules.order_by("pk").values("after", "days", "tiers", "field")) if pool.pk else []


@requires("pool.manage")
@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a pool: its claims end, and owners keep their customers."""
    kept = get_object_or_404(Pool, pk=pk, closed_at=None)
    ended = close_pool(pool=kept, by=member(request), at=clock.now())
    text = ngettext(
        "The pool is closed. %(n)s claim ended; its owner keeps the customer.",
        "The pool is closed. %(n)s claims ended; their owners keep the customers.",
        ended,
    )
    messages.success(request, text % {"n": ended})
    return redirect("ownership:pools")


@requires("pool.manage")
@require_POST
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the customers of its scope that have owners under the pool's rules, from now on."""
    kept = get_object_or_404(Pool, pk=pk, closed_at=None)
    enrol_owned.later(pool=kept.pk, by=member(request).pk)
    messages.success(request, _("Owned customers of this scope are being taken under the rules, in the background."))
    return redirect("ownership:pool", pk)


@requires("settings.write")
@require_GET
def territories(request: HttpRequest) -> HttpResponse:
    """The territories with their rules and who works them."""
    rows = Territory.objects.select_related("parent").prefetch_related("members", "rules").order_by("name")
    return render(request, "customer/settings/territories.html", {"territories": rows})


@requires("settings.write")
def territory(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Draw a territory; customers are placed anew in the background."""
    kept = get_object_or_404(Territory, pk=pk) if pk else Territory()
    form = TerritoryForm(request.POST or None, instance=kept)
    drawn = list(kept.rules.order_by("pk").values("country", "place", "postcode")) if kept.pk else []
    places = PlaceFormSet(request.POST or None, initial=drawn, prefix="places")
    if request.method == "POST" and form.is_valid() and places.is_valid():
        rules = [each.rule() for each in places.forms if any(each.rule())]
        people = list(form.cleaned_data["members"])
        try:
            draw_territory(territory=form.instance, members=people, rules=rules, by=member(request), at=clock.now())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            place_customers.later()
            messages.success(request, _("Saved. Customers are being placed anew, in the background."))
            return redirect("ownership:territories")
    failed = bool(form.errors) or (places.is_bound and not places.is_valid())
    context = {"form": form, "places": places, "territory": kept}
    return render(request, "customer/settings/territory.html", context, status=422 if failed else 200)
