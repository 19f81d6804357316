"""The public pool: its customers, claiming them, giving them back."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.actions.claiming import claim, return_to_pool
from guanxi.customer.actions.owning import assign_owner
from guanxi.customer.listing.counts import count
from guanxi.customer.models import Party, Reading
from guanxi.customer.normal import country_name
from guanxi.customer.places import countries_in_use
from guanxi.customer.pool import Scope
from guanxi.customer.pool.caps import room
from guanxi.customer.queries.pools import Asked, lying, pools_open_to
from guanxi.customer.queries.protections import SHOWN, earlier_claims, protection_of, warned
from guanxi.customer.views.answers import done, refused
from guanxi.customer.views.holding import chosen_holder
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number, whole_number_in

MOST = 1000  # customers claimed or assigned by one click


@requires("pool.read")
@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """The first pool that is open to the colleague, or how there could be one."""
    known = pools_open_to(member(request))
    if known:
        return redirect("pool:pool", known[0].pool.pk)
    return render(request, "customer/pool/none.html", {"may_manage": may(request.user, "pool.manage")})


@requires("pool.read")
@require_GET
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of one pool's customers, with how many the colleague may still claim."""
    user, at = member(request), clock.now()
    known = pools_open_to(user)
    scope = _of(known, pk)
    asked = _asked(request)
    rows, behind = lying(scope, asked, user, at)
    context = {"pool": scope.pool, "rows": rows, "next_url": _next(request, behind)} | _hands(request)
    if request.headers.get("HX-Target") == "more":
        return render(request, "customer/pool/_more.html", context)
    left = room(scope.pool, user, clock.today())
    tiers = [
        (Reading.Tier(each.tier).label, left.tiers[each.tier], each.most)
        for each in scope.pool.tier_caps.order_by("tier")
    ]
    context |= {
        "pools": [each.pool for each in known],
        "count": count(asked.of(_covered(scope), at)),
        "room": left,
        "tier_rooms": tiers,
        "asked": asked,
        "tiers": Reading.Tier.choices,
        "countries": sorted(((code, country_name(code)) for code in countries_in_use()), key=lambda pair: pair[1]),
        "hidden": [] if may(user, "pool.unmask") else [scope.pool.Hidden(each).label for each in scope.pool.hidden],
        "here": request.get_full_path(),
    }
    return render(request, "customer/pool/pool.html", context)


def _covered(scope: Scope) -> "QuerySet[Party]":
    return Party.objects.filter(scope.covers)


def _hands(request: HttpRequest) -> dict[str, object]:
    """What may be done with a row, and by whom."""
    manages = may(request.user, "pool.manage")
    return {
        "may_claim": may(request.user, "pool.claim"),
        "may_manage": manages,
        "colleagues": access.holders() if manages else [],
    }


def _asked(request: HttpRequest) -> Asked:
    tier = request.GET.get("tier", "")
    return Asked(
        country=request.GET.get("country", "")[:60].replace("\0", ""),
        tier=tier if tier in Reading.Tier.values else "",
        quiet_days=min(whole_number_in(request.GET, "quiet") or 0, 36_525) or None,
        after=whole_number_in(request.GET, "after"),
    )


def _next(request: HttpRequest, behind: int | None) -> str:
    if behind is None:
        return ""
    query = request.GET.copy()
    query["after"] = str(behind)
    return f"{request.path}?{query.urlencode()}"


def _of(known: list[Scope], pk: int) -> Scope:
    """The pool of this number, if it is open to the colleague; otherwise the same 404 as if there were none."""
    found = next((each for each in known if each.pool.pk == pk), None)
    if found is None:
        raise Http404(f"pool {pk}")
    return found


@requires("pool.claim")
@require_POST
def claims(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim the chosen customers."""
    user, back = member(request), reverse("pool:pool", args=[pk])
    found = _of(pools_open_to(user), pk).pool
    try:
        answer = claim(pool=found, parties=_chosen(request), by=user, at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    number = len(answer.parties)
    text = ngettext("%(n)s customer is yours now.", "%(n)s customers are yours now.", number) % {"n": number}
    return done(request, " ".join([text, *answer.refused]), back=back)


@requires("pool.manage")
@require_POST
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager gives customers of the pool to a colleague; the pool's rules hold from then on."""
    scope, back = _of(pools_open_to(member(request)), pk), reverse("pool:pool", args=[pk])
    try:
        owner = chosen_holder(request)
    except UserError as error:
        return refused(request, error, back=back)
    if owner is None:
        raise Http404("nobody looks after them already")
    chosen = _covered(scope).filter(pk__in=_chosen(request)).values_list("pk", flat=True)
    entry = assign_owner(parties=list(chosen), owner=owner, by=member(request), at=clock.now())
    number = len(entry.facts["before"]) if entry else 0
    text = ngettext(
        "%(n)s customer is looked after by %(name)s now.", "%(n)s customers are looked after by %(name)s now.", number
    )
    return done(request, text % {"n": number, "name": owner.name}, back=back, entry=entry)


def _chosen(request: HttpRequest) -> list[int]:
    """The one customer whose button was pressed, or all that are ticked."""
    only = request.POST.get("only")
    return [whole_number(pk) for pk in ([only] if only else request.POST.getlist("party")[:MOST])]


@requires("customer.write")
def giving_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a customer back to its pool, with a reason."""
    party = access.party(member(request), pk, to="write")
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            into = return_to_pool(party=party, reason=reason, by=member(request), at=clock.now())
        except UserError as error:
            context = {"party": party, "error": str(error), "reason": reason}
            return render(request, "customer/pool/return.html", context, status=422)
        text = _("%(customer)s is back in the pool “%(pool)s”.") % {"customer": party.name, "pool": into.name}
        return done(request, text, back=reverse("customer:customers"))
    return render(request, "customer/pool/return.html", {"party": party})


@requires("customer.read")
@require_GET
def protection(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when the customer is protected and who had it before: a panel, or a page of its own."""
    party = access.party(member(request), pk)
    context = {
        "party": party,
        "claim": protection_of(party),
        "earlier": earlier_claims(party)[:SHOWN],
        "may_return": party.owner_id is not None and access.within_reach(member(request), pk),
    }
    name = "_protection" if request.headers.get("HX-Request") else "protection"
    return render(request, f"customer/pool/{name}.html", context)


@requires("customer.read")
@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """The colleague's customers whose protection ends soon: a part of Today, or a page of its own."""
    soon = list(warned(member(request), clock.now())[: SHOWN + 1])
    context = {"soon": soon[:SHOWN], "more": len(soon) > SHOWN}
    name = "_ending" if request.headers.get("HX-Request") else "ending"
    return render(request, f"customer/pool/{name}.html", context)
