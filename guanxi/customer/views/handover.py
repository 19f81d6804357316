"""A leaver's book: what is in it, to whom it goes, and back again."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.access import visible_parties
from guanxi.customer.actions.handing import deals, hand_over, undo_handover
from guanxi.customer.handover_forms import HandoverForm
from guanxi.customer.models import Handover, Party
from guanxi.customer.queries.books import book_of, figures_of, kept_items, moved_along
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in
from guanxi.foundation.ui import formats

SHOWN = 50


@requires("customer.handover")
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Who looks after how many, and the hand-overs so far."""
    counted = dict(Party.objects.exclude(owner=None).values_list("owner").annotate(n=Count("pk")).order_by())
    people = [(each, counted.get(each.pk, 0)) for each in User.objects.select_related("team", "role").order_by("name")]
    made = Handover.objects.select_related("leaver", "by", "undone_by").order_by("-at", "-pk")[:SHOWN]
    books = [pair for pair in people if pair[1] or pair[0].is_active]
    return render(request, "customer/handover/handovers.html", {"books": books, "made": made})


@requires("customer.handover")
def new(request: HttpRequest) -> HttpResponse:
    """The book in figures and how it would be dealt out; then the act itself."""
    leaver = get_object_or_404(User, pk=whole_number_in(request.GET, "leaver"))
    book = figures_of(leaver)
    form = HandoverForm(request.POST or None, leaver=leaver, book=book)
    preview: list[tuple[User, int]] = []
    if request.method == "POST" and form.is_valid():
        receivers, way = list(form.cleaned_data["receivers"]), form.cleaned_data["way"]
        if "now" in request.POST:
            try:
                made = hand_over(leaver=leaver, **form.cleaned_data, by=member(request), at=clock.now())
            except UserError as error:
                form.add_error(None, str(error))
            else:
                return redirect("ownership:handover", made.pk)
        else:
            preview = _preview(leaver, receivers, way)
    context = {"leaver": leaver, "book": book, "form": form, "preview": preview}
    return render(request, "customer/handover/new.html", context, status=422 if form.errors else 200)


def _preview(leaver: User, receivers: list[User], way: str) -> list[tuple[User, int]]:
    dealt = list(deals(book_of(leaver), receivers, way).values())
    return [(each, dealt.count(each.pk)) for each in receivers]


@requires("customer.handover")
@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed over to whom; after an undo, who stayed where."""
    made = get_object_or_404(Handover.objects.select_related("leaver", "by", "undone_by"), pk=pk)
    shares = made.items.values_list("to__name").annotate(n=Count("pk")).order_by("to__name")
    kept = kept_items(made).filter(party__in=visible_parties(member(request)))
    context = {
        "made": made,
        "shares": shares,
        "work": moved_along(made),
        "kept": kept[:SHOWN],
        "kept_number": kept.count(),
    }
    return render(request, "customer/handover/handover.html", context)


@requires("customer.handover")
@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the leaver back what nobody has reassigned since."""
    made = get_object_or_404(Handover, pk=pk)
    try:
        back = undo_handover(handover=made, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
        return redirect("ownership:handover", pk)
    text = ngettext(
        "%(n)s customer is with %(name)s again.", "%(n)s customers are with %(name)s again.", back.customers
    ) % {"n": formats.number(back.customers), "name": made.leaver.name}
    if back.work:
        work = ngettext("%(n)s piece of open work too.", "%(n)s pieces of open work too.", back.work)
        text += " " + work % {"n": formats.number(back.work)}
    if made.customers > back.customers:
        text += " " + _("The others stay where they are; they are listed below.")
    messages.success(request, text)
    return redirect("ownership:handover", pk)
