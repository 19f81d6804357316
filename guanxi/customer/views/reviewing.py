"""The review of likely duplicates: one pair at a time, decided by key, each decision with a way back."""

from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.actions.undoing import gone_since
from guanxi.customer.matching.words import rule_in_words
from guanxi.customer.merging import proper_survivor, undo_merge
from guanxi.customer.models import Merge, Party, Proposal
from guanxi.customer.queries import proposals as queries
from guanxi.customer.queries.comparison import what_follows
from guanxi.customer.reviewing import DECIDED, decide, last_decision, proposal_of, undo_decision
from guanxi.customer.views.answers import refused, with_triggers
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.company import clock
from guanxi.foundation.company.queries import current
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in

VERB = "customer.merge"
PAGE = 25
Decision = Proposal.Decision


@dataclass(frozen=True)
class Asked:
    """Of which proposals the queue consists."""

    origin: str
    rule: str

    def of(self, user: User) -> QuerySet[Proposal]:
        return queries.open_proposals(user, origin=self.origin, rule=self.rule)

    def address(self, proposal: Proposal | None = None, **more: object) -> str:
        asked = {"origin": self.origin, "rule": self.rule, **more}
        kept = urlencode({name: value for name, value in asked.items() if value})
        place = reverse("customer:proposal", args=[proposal.pk]) if proposal else reverse("customer:proposals")
        return f"{place}?{kept}" if kept else place


@requires(VERB)
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """The likeliest pair that is open, side by side."""
    asked = _asked(request.GET)
    return _page(request, asked, asked.of(member(request)).first())


@requires(VERB)
@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One open pair, side by side; a pair that is settled or not the colleague's to merge is not found."""
    asked = _asked(request.GET)
    return _page(request, asked, get_object_or_404(queries.open_proposals(member(request)), pk=pk))


@requires(VERB)
@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle one pair; the next one is the answer."""
    user, asked = member(request), _asked(request.POST)
    said = request.POST.get("decision", "")
    if said not in Decision.values:
        raise Http404("no decision")
    waiting = asked.of(user)
    found = get_object_or_404(queries.open_proposals(user), pk=pk)
    survivor = _survivor(found, whole_number_in(request.POST, "survivor"))
    try:
        entry = decide(proposal=found, decision=said, survivor=survivor, by=user, at=clock.now())
    except UserError as error:
        return refused(request, error, back=asked.address(found))
    following = queries.after(waiting, found).first() or waiting.first()
    text = _said(found, said, survivor)
    if not request.headers.get("HX-Request"):
        messages.success(request, text)
        return redirect(asked.address(following))
    toast = {"text": text, "undo": reverse("customer:proposal-undo", args=[entry.pk])}
    answer = with_triggers(_page(request, asked, following), {"gx:toast": toast})
    answer["HX-Push-Url"] = asked.address(following)
    return answer


@requires(VERB)
@require_POST
def last_undone(request: HttpRequest) -> HttpResponse:
    """Take one's own latest decision back."""
    entry = last_decision(member(request))
    if entry is None:
        error = UserError(_("You have decided nothing that could be taken back."))
        return refused(request, error, back=reverse("customer:proposals"))
    return _undo(request, entry)


@requires(VERB)
@require_POST
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of one's own decisions back."""
    return _undo(request, get_object_or_404(Entry, pk=pk, verb=DECIDED, by=member(request)))


@requires(VERB)
@require_GET
def automatic(request: HttpRequest) -> HttpResponse:
    """What the threshold merged, the latest first, each with its evidence and the way back."""
    made = queries.automatic_merges(member(request))
    last = whole_number_in(request.GET, "after")
    border = Merge.objects.filter(pk=last).first() if last is not None else None
    rows = list((queries.merged_before(made, border) if border else made)[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return render(request, "customer/reviewing/automatic.html", {"merges": rows[:PAGE], "more": more})


@requires(VERB)
@require_POST
def automatic_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what the threshold merged: the two are told apart for good."""
    merge = get_object_or_404(queries.automatic_merges(member(request)), pk=pk)
    back = reverse("customer:automatic-merges")
    try:
        undo_merge(merge=merge, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    words = {"one": merge.absorbed.name, "other": merge.survivor.name}
    messages.success(
        request, _("%(one)s and %(other)s are two customers again, and will not be proposed again.") % words
    )
    return redirect(back)


@requires(VERB)
@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a customer may be: a part of its page, or a page of its own."""
    party = access.party(member(request), pk)
    context = {"party": party, "resembling": queries.resembling(member(request), party)}
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, f"customer/reviewing/{'_resembling' if is_part else 'resembling'}.html", context)


def _undo(request: HttpRequest, entry: Entry) -> HttpResponse:
    proposal = proposal_of(entry)
    if proposal is None:
        return refused(request, gone_since(), back=reverse("customer:proposals"))
    for concerned in (proposal.left_id, proposal.right_id):
        access.party(member(request), concerned, to="merge")
    try:
        reopened = undo_decision(entry=entry, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=reverse("customer:proposals"))
    messages.success(request, _("The decision was taken back. The pair is open again."))
    place = reverse("customer:proposal", args=[reopened.pk])
    if not request.headers.get("HX-Request"):
        return redirect(place)
    return HttpResponse(status=204, headers={"HX-Redirect": place})


def _page(request: HttpRequest, asked: Asked, found: Proposal | None) -> HttpResponse:
    user, waiting = member(request), asked.of(member(request))
    context: dict[str, object] = {
        "asked": asked,
        "progress": queries.progress(user, waiting, today_began=_midnight()),
        "origins": Proposal.Origin.choices,
        "rules": [(rule, rule_in_words(rule)) for rule in queries.rules_waiting()],
        "may_undo": last_decision(user) is not None,
    }
    if found is not None:
        context |= _side_by_side(request, asked, found, waiting)
    is_part = request.headers.get("HX-Target") == "review"
    return render(request, "customer/reviewing/_review.html" if is_part else "customer/reviewing/review.html", context)


def _side_by_side(
    request: HttpRequest, asked: Asked, found: Proposal, waiting: QuerySet[Proposal]
) -> dict[str, object]:
    pair = queries.pair(found, member(request))
    survivor = _survivor(found, whole_number_in(request.GET, "survivor"))
    absorbed = pair.right if survivor.pk == found.left_id else pair.left
    following, earlier = queries.after(waiting, found).first(), queries.before(waiting, found).first()
    return {
        "pair": pair,
        "proposal": found,
        "survivor": survivor,
        "absorbed": absorbed.party,
        "called": pair.called,
        "follows": what_follows(absorbed.described),
        "rule": rule_in_words(found.rule),
        "swap": asked.address(found, survivor=absorbed.party.pk),
        "next": asked.address(following) if following else "",
        "previous": asked.address(earlier) if earlier else "",
        "may_be_household": found.left.kind == found.right.kind == Party.Kind.PERSON,
    }


def _survivor(found: Proposal, wanted: int | None) -> Party:
    """The one that was named, if it is one of the two; otherwise the proper one."""
    both = {each.pk: each for each in (found.left, found.right)}
    return both.get(wanted or 0) or proper_survivor(found.left, found.right)


def _asked(given: QueryDict) -> Asked:
    origin = given.get("origin", "")
    return Asked(origin if origin in Proposal.Origin.values else "", given.get("rule", ""))


def _said(found: Proposal, said: str, survivor: Party) -> str:
    absorbed = found.right if survivor.pk == found.left_id else found.left
    words = {"one": survivor.name, "other": absorbed.name}
    if said == Decision.MERGED:
        return _("%(other)s is now part of %(one)s.") % words
    if said == Decision.HOUSEHOLD:
        return _("%(one)s and %(other)s are one household.") % words
    return _("%(one)s and %(other)s are two, and will not be proposed again.") % words


def _midnight() -> datetime:
    company = current()
    zone = ZoneInfo(company.timezone if company else "UTC")
    return datetime.combine(clock.today(), time.min, zone)
