"""What customers own, and how closely the company keeps up the relationship."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanxi.customer import access
from guanxi.customer.assets.actions import add_asset, record_service, retire_asset
from guanxi.customer.assets.forms import AssetForm, ServiceForm
from guanxi.customer.assets.queries import assets_of
from guanxi.customer.levels.actions import set_level, set_standard
from guanxi.customer.levels.forms import LevelForm, StandardForm
from guanxi.customer.levels.standing import standards, standing_of
from guanxi.customer.models import Asset, Level, LevelEntry
from guanxi.customer.views.answers import done
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


@requires("customer.read")
def assets(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer owns: a panel of its page, a page of its own to add something."""
    party = access.party(member(request), pk)
    form = AssetForm(request.POST or None)
    if request.method == "POST":
        party = access.party(member(request), pk, to="write")
        if form.is_valid():
            facts = {**form.cleaned_data, "product": form.cleaned_data["sku"]}
            facts.pop("sku")
            try:
                add_asset(party=party, **facts, by=member(request), at=clock.now())
            except UserError as error:
                form.add_error(None, str(error))
            else:
                return redirect("customer:assets", pk)
    context = {
        "party": party,
        "owned": assets_of(party, clock.today()),
        "form": form,
        "may_change": access.within_reach(member(request), pk),
        "today": clock.today(),
    }
    is_panel = request.headers.get("HX-Request") and request.method == "GET"
    name = "customer/_assets.html" if is_panel else "customer/assets.html"
    return render(request, name, context, status=422 if form.errors else 200)


@requires("customer.read")
def asset(request: HttpRequest, pk: int, asset: int) -> HttpResponse:
    """One thing the customer owns, with all that was done to it; something more is noted."""
    party = access.party(member(request), pk)
    found = get_object_or_404(Asset.objects.select_related("product"), pk=asset, party=party)
    form = ServiceForm(request.POST or None)
    if request.method == "POST":
        access.party(member(request), pk, to="write")
        if form.is_valid():
            try:
                record_service(asset=found, **form.cleaned_data, by=member(request), at=clock.now())
            except UserError as error:
                form.add_error(None, str(error))
            else:
                return redirect("customer:asset", pk, asset)
    context = {
        "party": party,
        "asset": found,
        "services": found.services.select_related("by").order_by("-on", "-id"),
        "form": form,
        "may_change": access.within_reach(member(request), pk),
        "today": clock.today(),
    }
    return render(request, "customer/asset.html", context, status=422 if form.errors else 200)


@requires("customer.write")
@require_POST
def asset_retirement(request: HttpRequest, pk: int, asset: int) -> HttpResponse:
    """The customer owns it no longer."""
    party = access.party(member(request), pk, to="write")
    found = get_object_or_404(Asset, pk=asset, party=party)
    retire_asset(asset=found, by=member(request), at=clock.now())
    return done(request, _("Noted. Its history stays."), back=reverse("customer:assets", args=[pk]))


@requires("customer.read")
def level(request: HttpRequest, pk: int) -> HttpResponse:
    """The relationship level: a panel of the customer page, a page of its own to decide it."""
    party = access.party(member(request), pk)
    form = LevelForm(request.POST or None)
    if request.method == "POST":
        party = access.party(member(request), pk, to="write")
        if form.is_valid():
            set_level(party=party, **form.cleaned_data, by=member(request), at=clock.now())
            return redirect("customer:customer", pk)
    reading = getattr(party, "reading", None)
    context = {
        "party": party,
        "standing": standing_of(party, reading.tier if reading else "", clock.now()),
        "entries": LevelEntry.objects.filter(party=party).select_related("by").order_by("-at", "-id"),
        "form": form,
        "may_change": access.within_reach(member(request), pk),
    }
    is_panel = request.headers.get("HX-Request") and request.method == "GET"
    name = "customer/_level.html" if is_panel else "customer/level.html"
    return render(request, name, context, status=422 if form.errors else 200)


@requires("settings.write")
def contact_standards(request: HttpRequest) -> HttpResponse:
    """What each level means in this company."""
    rules = standards()
    forms = [(Level(each), StandardForm.of(rules[each], request.POST or None)) for each in Level.values]
    if request.method == "POST" and all(form.is_valid() for _level, form in forms):
        for each, form in forms:
            set_standard(level=each, **form.cleaned_data, by=member(request), at=clock.now())
        return done(request, _("Saved. It holds from now on."), back=request.path)
    status = 422 if request.method == "POST" else 200
    return render(request, "customer/contact_standards.html", {"forms": forms}, status=status)
