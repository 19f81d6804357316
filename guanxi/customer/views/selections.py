"""Whom a form of the list means: the customers that were ticked, or all that its question finds."""

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.access import visible_parties
from guanxi.customer.listing.questions import read_question
from guanxi.customer.models import Party
from guanxi.foundation.access.doors import member
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number
from guanxi.foundation.ui import formats

MOST_TICKED = 1000
MOST_MATCHING = 10_000


class NotConfirmed(Exception):
    """All that match were meant, and nobody has yet agreed to that many."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def selected(request: HttpRequest) -> list[int]:
    """The customers to change. Raises NotConfirmed, BadCondition, UserError, or Http404 for a stranger's."""
    return _matching(request) if "all" in request.POST else _ticked(request)


def _ticked(request: HttpRequest) -> list[int]:
    """One that may be seen but not changed is a UserError."""
    user = member(request)
    ticked = {whole_number(pk) for pk in request.POST.getlist("party")[:MOST_TICKED]}
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


def _matching(request: HttpRequest) -> list[int]:
    """All that the colleague may change of those whom the question finds now."""
    asked = read_question(QueryDict(request.POST.get("question", "").removeprefix("?")), None, member(request))
    visible = Party.objects.filter(pk__in=visible_parties(member(request)).values("pk"))
    changeable = visible.filter(pk__in=visible_parties(member(request), "customer.write").values("pk"))
    found = sorted(asked.of(changeable, clock.now()).values_list("pk", flat=True)[: MOST_MATCHING + 1])
    if len(found) > MOST_MATCHING:
        most = formats.number(MOST_MATCHING)
        raise UserError(
            _("More than %(most)s customers match. Nothing was changed. Narrow the filter first.") % {"most": most}
        )
    if request.POST.get("confirmed") != str(len(found)):
        raise NotConfirmed(len(found))
    return found
