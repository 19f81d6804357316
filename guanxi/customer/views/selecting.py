from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from guanxi.customer.access import visible_parties
from guanxi.customer.actions import (
    assign_owner,
    correct_many,
    delete_view,
    open_with_view,
    save_view,
    tag,
    undo_assignment,
    undo_correction,
    undo_tagging,
    undo_untagging,
    untag,
)
from guanxi.customer.actions.correcting_many import CORRECTED
from guanxi.customer.actions.owning import ASSIGNED
from guanxi.customer.actions.tagging import TAGGED, UNTAGGED
from guanxi.customer.filters import BadCondition, describe
from guanxi.customer.listing.questions import read_question
from guanxi.customer.models import SavedView
from guanxi.customer.views.answers import done, refused
from guanxi.customer.views.holding import chosen_holder
from guanxi.customer.views.selections import NotConfirmed, selected
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.ui import formats

Act = Callable[[HttpRequest, list[int]], tuple[str, Entry | None]]
NAMED = 10  # of those whom an undo leaves as they are
ASKED_ANEW = {"csrfmiddlewaretoken", "party", "confirmed"}
UNDOING = {
    ASSIGNED: undo_assignment,
    TAGGED: undo_tagging,
    UNTAGGED: undo_untagging,
    CORRECTED: undo_correction,
}


@requires("customer.write")
@require_POST
def assignment(request: HttpRequest) -> HttpResponse:
    """Give the selected customers to a colleague, or to nobody."""
    return _done(request, _assign)


@requires("customer.write")
@require_POST
def tagging(request: HttpRequest) -> HttpResponse:
    """Put a word on the selected customers."""
    return _done(request, _tag)


@requires("customer.write")
@require_POST
def untagging(request: HttpRequest) -> HttpResponse:
    """Take a word off the selected customers."""
    return _done(request, _untag)


@requires("customer.write")
@require_POST
def correction(request: HttpRequest) -> HttpResponse:
    """Type over one field of the selected customers."""
    return _done(request, _correct)


def _done(request: HttpRequest, act: Act) -> HttpResponse:
    """Do it to whom the form means; to all that match only after the number was agreed to."""
    back = reverse("customer:customers")
    try:
        text, entry = act(request, selected(request))
    except NotConfirmed as asked:
        return _confirmation(request, asked.number)
    except UserError as error:
        return refused(request, error, back=back)
    return done(request, text, back=back, entry=entry)


def _confirmation(request: HttpRequest, number: int) -> HttpResponse:
    """How many it would be, and the same form again with that number in it."""
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in ASKED_ANEW]
    given = QueryDict(request.POST.get("question", "").removeprefix("?"))
    question = read_question(given, None, member(request))
    context = {"number": number, "kept": kept, "sentence": describe(question.conditions), "words": question.words}
    page = render(request, "customer/confirmation.html", context)
    if request.headers.get("HX-Request"):
        page["HX-Retarget"], page["HX-Reselect"], page["HX-Reswap"] = "#list", "#confirmation", "innerHTML"
    return page


def _assign(request: HttpRequest, parties: list[int]) -> tuple[str, Entry | None]:
    entry = assign_owner(parties=parties, owner=chosen_holder(request), by=member(request), at=clock.now())
    number = len(entry.facts["before"]) if entry else 0
    text = ngettext("%(n)s customer has a new owner.", "%(n)s customers have a new owner.", number) % {"n": number}
    return text, entry


def _tag(request: HttpRequest, parties: list[int]) -> tuple[str, Entry | None]:
    entry = tag(parties=parties, name=request.POST.get("tag", ""), by=member(request), at=clock.now())
    number = len(entry.facts["parties"]) if entry else 0
    return ngettext("%(n)s customer tagged.", "%(n)s customers tagged.", number) % {"n": number}, entry


def _untag(request: HttpRequest, parties: list[int]) -> tuple[str, Entry | None]:
    entry = untag(parties=parties, name=request.POST.get("tag", ""), by=member(request), at=clock.now())
    number = len(entry.facts["parties"]) if entry else 0
    text = ngettext("The tag is off %(n)s customer.", "The tag is off %(n)s customers.", number) % {"n": number}
    return text, entry


def _correct(request: HttpRequest, parties: list[int]) -> tuple[str, Entry | None]:
    entry = correct_many(
        parties=parties,
        field=request.POST.get("field", ""),
        text=request.POST.get("text", ""),
        by=member(request),
        at=clock.now(),
    )
    number = len(entry.facts["before"]) if entry else 0
    return ngettext("%(n)s customer changed.", "%(n)s customers changed.", number) % {"n": number}, entry


@requires("customer.write")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own last change back, where nobody has changed it since."""
    entry = get_object_or_404(Entry, pk=pk, by=member(request), verb__in=UNDOING)
    try:
        back = UNDOING[entry.verb](entry=entry, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=reverse("customer:customers"))
    text = ngettext("%(n)s customer is as before.", "%(n)s customers are as before.", len(back)) % {"n": len(back)}
    meant = {int(pk) for pk in entry.facts.get("parties") or entry.facts["before"]}
    return done(request, f"{text} {_left(meant - back, member(request))}".strip(), back=reverse("customer:customers"))


def _left(parties: set[int], user: User) -> str:
    """The sentence about whom an undo has left as they are."""
    if not parties:
        return ""
    seen = visible_parties(user).filter(pk__in=parties).order_by("sort_key", "pk").values_list("name", flat=True)
    names = list(seen[:NAMED])
    if more := len(parties) - len(names):
        names.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": formats.number(more)})
    return _(
        "Left as they are, because somebody changed them since, they are not yours to change or their owner may hold "
        "no more: %(names)s."
    ) % {"names": ", ".join(names)}


@requires("customer.read")
@require_POST
def views(request: HttpRequest) -> HttpResponse:
    """Keep the list's question under a name."""
    try:
        asked = read_question(request.GET, None, member(request))
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


@requires("customer.read")
@require_POST
def view_default(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the list open with one of one's own views; the same again, with all customers."""
    view = get_object_or_404(SavedView, pk=pk, owner=member(request))
    open_with_view(owner=member(request), view=None if view.is_default else view)
    if view.is_default:
        text = _("Your list opens with all customers again.")
    else:
        text = _("Your list opens with “%(name)s” from now on.") % {"name": view.name}
    return done(request, text, back=f"{reverse('customer:customers')}?view={pk}")
