"""Merging customers, looking back at merges, and undoing them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.access import visible_parties
from guanxi.customer.actions.undoing import gone_since
from guanxi.customer.merging import (
    MERGED_TOGETHER,
    merge_together,
    proper_survivor,
    split_off,
    undo_merge,
    undo_split,
    undo_together,
)
from guanxi.customer.merging.merges import MOST_TOGETHER
from guanxi.customer.models import Party, SourceRecord
from guanxi.customer.queries.comparison import called
from guanxi.customer.queries.merges import compared, merges_of, proposed_with, splits_of, work_since
from guanxi.customer.queries.naming import seen_of
from guanxi.customer.search import matching
from guanxi.customer.views.answers import refused
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number, whole_number_in

VERB = "customer.merge"
FOUND = 12


@requires(VERB)
@require_GET
def others(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to merge a customer with: proposed ones, and a search."""
    user = member(request)
    party = access.party(user, pk, to="merge")
    asked = request.GET.get("q", "").strip()
    mine = visible_parties(user, VERB).exclude(pk=pk).select_related("owner")
    found = matching(mine, asked).order_by("sort_key", "pk")[:FOUND] if asked else []
    proposed = proposed_with(party, among=mine)
    context = {"party": party, "asked": asked, "found": list(found), "proposed": proposed}
    return render(request, "customer/merging/others.html", context)


@requires(VERB)
def merging(request: HttpRequest) -> HttpResponse:
    """Two to five customers side by side; whoever sends the form with the one who stays merges the others into it."""
    user = member(request)
    parties = _chosen(request, user)
    survivor = whole_number_in(request.POST, "survivor")
    if request.method == "POST" and survivor is None:  # ticked in the list
        return redirect(f"{reverse('customer:merging')}?{urlencode([('party', each.pk) for each in parties])}")
    if request.method == "POST":
        return _merged(request, parties, survivor)
    if not 2 <= len(parties) <= MOST_TOGETHER:
        messages.error(request, _("Choose two to %(most)s customers to merge.") % {"most": MOST_TOGETHER})
        return redirect("customer:customers")
    stays = proper_survivor(*parties)
    return render(request, "customer/merging/merging.html", {"comparison": compared(parties, user), "stays": stays})


def _merged(request: HttpRequest, parties: list[Party], survivor: int | None) -> HttpResponse:
    kept = next((each for each in parties if each.pk == survivor), None)
    if kept is None:
        raise Http404(survivor)
    back = reverse("customer:customer", args=[kept.pk])
    try:
        entry = merge_together(parties=parties, survivor=kept, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    number = len(entry.facts["merges"])
    kept.refresh_from_db(fields=["name"])
    text = ngettext("%(n)s customer is now part of %(name)s.", "%(n)s customers are now part of %(name)s.", number)
    way_back = reverse("customer:merging-undo", args=[entry.pk])
    messages.success(request, text % {"n": number, "name": kept.name}, extra_tags=way_back)
    return redirect(back)


def _chosen(request: HttpRequest, user: User) -> list[Party]:
    """The customers named, in the order of the list. One that is not the colleague's to merge is a 404."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = {whole_number(pk) for pk in given.getlist("party")[: MOST_TOGETHER + 1]}
    held = list(visible_parties(user, VERB).filter(pk__in=wanted).select_related("owner", "team").order_by("pk"))
    if len(held) < len(wanted):
        raise Http404("a customer that is not yours to merge")
    return held


@requires(VERB)
@require_POST
def merging_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was merged just now, from the message that tells of it."""
    entry = get_object_or_404(Entry, pk=pk, verb=MERGED_TOGETHER, by=member(request))
    survivor = entry.facts.get("survivor")
    if not Party.ever.filter(pk=survivor).exists():
        return refused(request, gone_since(), back=reverse("customer:customers"))
    access.party(member(request), access.heir(survivor), to="merge")
    back = reverse("customer:customer", args=[survivor])
    try:
        undone = undo_together(entry=entry, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    number = len(undone)
    text = ngettext("%(n)s merge is undone.", "%(n)s merges are undone.", number) % {"n": number}
    messages.success(request, text)
    return _elsewhere(request, back)


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """The page that shows it anew, also when only a button was pressed by htmx."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@requires("customer.read")
@require_GET
def merges(request: HttpRequest, pk: int) -> HttpResponse:
    """How this customer came to be one: every merge and every record split off, each with the way back."""
    user = member(request)
    party = access.party(user, pk)
    may_merge = visible_parties(user, VERB).filter(pk=pk).exists()
    held, splits = list(merges_of(party)), list(splits_of(party))
    concerned = [each for merge in held for each in (merge.absorbed, merge.survivor)]
    seen = seen_of({each.pk for each in concerned} | {each.party_id for each in splits}, user)
    context = {
        "party": party,
        "merges": held,
        "splits": splits,
        "seen": seen,
        "may_merge": may_merge,
        "called": called(concerned, seen),
    }
    return render(request, "customer/merging/merges.html", context)


@requires(VERB)
def undoing(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    """What undoing a merge gives back and what stays; sent as a form, it is undone."""
    party = access.party(member(request), pk, to="merge")
    held = get_object_or_404(merges_of(party), pk=merge)
    if request.method == "POST":
        back = reverse("customer:merges", args=[held.survivor_id])
        try:
            held = undo_merge(merge=held, by=member(request), at=clock.now())
        except UserError as error:
            return refused(request, error, back=back)
        held.survivor.refresh_from_db(fields=["name"])
        words = {"one": held.absorbed.name, "other": held.survivor.name}
        messages.success(request, _("%(one)s and %(other)s are two customers again.") % words)
        return redirect("customer:undoing", access.heir(held.survivor_id), held.pk)
    seen = seen_of({held.absorbed_id, held.survivor_id}, member(request))
    records = SourceRecord.objects.filter(home=held.absorbed_id).select_related("source").order_by("pk")
    context = {
        "party": party,
        "merge": held,
        "worked": work_since(held, member(request)) if _may_see(request, held.survivor_id) else [],
        "records": records,
        "called": called((held.absorbed, held.survivor), seen),
        "seen": seen,
    }
    return render(request, "customer/merging/undoing.html", context)


@requires(VERB)
def splitting(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """This source speaks of somebody else: what goes along, and on sending the form, it leaves."""
    party = access.party(member(request), pk, to="merge")
    found = get_object_or_404(SourceRecord.objects.select_related("source"), pk=record, party=party)
    if request.method == "POST":
        try:
            split = split_off(record=found, by=member(request), at=clock.now())
        except UserError as error:
            return refused(request, error, back=reverse("customer:source", args=[pk, record]))
        messages.success(request, _("What %(source)s says is now a customer of its own.") % {"source": found.source})
        return redirect("customer:customer", split.party_id)
    return render(request, "customer/merging/splitting.html", {"party": party, "record": found})


@requires(VERB)
@require_POST
def split_undo(request: HttpRequest, pk: int, split: int) -> HttpResponse:
    """Put a record back that was split off."""
    party = access.party(member(request), pk, to="merge")
    held = get_object_or_404(splits_of(party), pk=split)
    for concerned in (held.party_id, held.record.home_id):
        access.party(member(request), access.heir(concerned), to="merge")
    back = reverse("customer:merges", args=[held.record.home_id])
    try:
        undo_split(split=held, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    messages.success(request, _("The record is back where it came from."))
    return redirect("customer:merges", access.heir(held.record.home_id))


def _may_see(request: HttpRequest, pk: int) -> bool:
    """After an undo the other customer may be somebody else's again."""
    return visible_parties(member(request)).filter(pk=access.heir(pk)).exists()
