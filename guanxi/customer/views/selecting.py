from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from guanxi.customer.access import visible_parties
from guanxi.customer.actions import (
    assign_owner,
    delete_view,
    save_view,
    tag,
    undo_assignment,
    undo_tagging,
)
from guanxi.customer.actions.owning import ASSIGNED
from guanxi.customer.actions.tagging import TAGGED
from guanxi.customer.filters import BadCondition
from guanxi.customer.listing.questions import read_question
from guanxi.customer.models import SavedView
from guanxi.customer.views.answers import done, refused
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number, whole_number_in

MOST = 1000  # customers changed by one click


@requires("customer.write")
@require_POST
def assignment(request: HttpRequest) -> HttpResponse:
    """Give the selected customers to a colleague, or to nobody."""
    wanted = whole_number_in(request.POST, "owner")
    owner = get_object_or_404(User, pk=wanted, is_active=True) if wanted is not None else None
    try:
        entry = assign_owner(parties=_selected(request), owner=owner, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=reverse("customer:customers"))
    number = len(entry.facts["before"]) if entry else 0
    text = ngettext("%(n)s customer has a new owner.", "%(n)s customers have a new owner.", number) % {"n": number}
    return done(request, text, back=reverse("customer:customers"), entry=entry)


@requires("customer.write")
@require_POST
def tagging(request: HttpRequest) -> HttpResponse:
    """Put a word on the selected customers."""
    try:
        entry = tag(parties=_selected(request), name=request.POST.get("tag", ""), by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=reverse("customer:customers"))
    number = len(entry.facts["parties"]) if entry else 0
    text = ngettext("%(n)s customer tagged.", "%(n)s customers tagged.", number) % {"n": number}
    return done(request, text, back=reverse("customer:customers"), entry=entry)


@requires("customer.write")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own last change back, where nobody has changed it since."""
    entry = get_object_or_404(Entry, pk=pk, by=member(request), verb__in=[ASSIGNED, TAGGED])
    take_back = undo_assignment if entry.verb == ASSIGNED else undo_tagging
    try:
        number = take_back(entry=entry, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=reverse("customer:customers"))
    text = ngettext("%(n)s customer is as before.", "%(n)s customers are as before.", number) % {"n": number}
    return done(request, text, back=reverse("customer:customers"))


@requires("customer.read")
@require_POST
def views(request: HttpRequest) -> HttpResponse:
    """Keep the list's question under a name."""
    try:
        asked = read_question(request.GET, None)
        view = save_view(
            owner=member(request),
            name=request.POST.get("name", ""),
            conditions=asked.conditions,
            order=asked.sort,
            columns=asked.columns,
            is_shared="is_shared" in request.POST,
        )
    except (UserError, BadCondition) as error:
        return refused(request, error, back=reverse("customer:customers"))
    back = f"{reverse('customer:customers')}?view={view.pk}"
    return done(request, _("The view “%(name)s” is kept.") % {"name": view.name}, back=back)


@requires("customer.read")
@require_POST
def view_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own views."""
    view = get_object_or_404(SavedView, pk=pk, owner=member(request))
    delete_view(view=view)
    return done(request, _("The view “%(name)s” is gone.") % {"name": view.name}, back=reverse("customer:customers"))


def _selected(request: HttpRequest) -> list[int]:
    """The ticked customers. A stranger's is a 404; one that may be seen but not changed, a UserError."""
    user = member(request)
    ticked = {whole_number(pk) for pk in request.POST.getlist("party")[:MOST]}
    seen = set(visible_parties(user).filter(pk__in=ticked).values_list("pk", flat=True))
    if ticked - seen:
        raise Http404("a customer that is not yours to see")
    allowed = set(visible_parties(user, "customer.write").filter(pk__in=ticked).values_list("pk", flat=True))
    if others := ticked - allowed:
        raise UserError(
            ngettext(
                "%(n)s of these customers is looked after by somebody else. Nothing was changed.",
                "%(n)s of these customers are looked after by somebody else. Nothing was changed.",
                len(others),
            )
            % {"n": len(others)}
        )
    return sorted(allowed)
