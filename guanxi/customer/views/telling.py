from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.actions import log_call, write_note
from guanxi.customer.forms import CallForm, NoteForm
from guanxi.customer.models import Event
from guanxi.customer.queries.purchases import lines_of, purchases, summary
from guanxi.customer.queries.stream import PURCHASES, by_day, read_place, stream
from guanxi.customer.views.answers import done, refused
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError

PAGE = 30
CHANNELS = (Event.Channel.CALL, Event.Channel.MAIL, Event.Channel.CHAT, Event.Channel.SMS, Event.Channel.VISIT)


@requires("customer.read")
@require_GET
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The stream of one customer: a fragment for the page, a page of its own without JavaScript."""
    party = access.party(member(request), pk)
    wanted = request.GET.get("channel") or None
    channel = wanted if wanted in {*CHANNELS, PURCHASES} else None
    orders = purchases(lines_of(party)) if channel in {None, PURCHASES} else []
    before = read_place(request.GET.get("before", ""))
    entries, behind = stream(party, orders, before=before, channel=channel, most=PAGE)
    context = {
        "party": party,
        "days": list(by_day(entries, clock.today())),
        "channel": channel,
        "channels": [(each.value, each.label) for each in CHANNELS],
        "orders": len(orders),
        "is_start": before is None,
        "before": behind.written() if behind else "",
    }
    name = "customer/_timeline.html" if request.headers.get("HX-Request") else "customer/timeline.html"
    return render(request, name, context)


@requires("customer.read")
@require_GET
def bought(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer has bought so far, summed from the history."""
    party = access.party(member(request), pk)
    name = "customer/_purchases.html" if request.headers.get("HX-Request") else "customer/purchases.html"
    return render(request, name, {"party": party, "bought": summary(lines_of(party))})


@requires("customer.read")
@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note. Whoever may see a customer may note what they heard."""
    party, back = access.party(member(request), pk), reverse("customer:customer", args=[pk])
    form = NoteForm(request.POST)
    try:
        if not form.is_valid():
            raise UserError(_("A note holds at most 10,000 characters. Nothing was saved; shorten it and save again."))
        write_note(party=party, text=form.cleaned_data["text"], by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    return done(request, _("The note is on the timeline."), back=back)


@requires("customer.read")
@require_POST
def calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a call."""
    party, back = access.party(member(request), pk), reverse("customer:customer", args=[pk])
    form = CallForm(request.POST)
    try:
        if not form.is_valid():
            raise UserError(_("The call could not be logged. Check the minutes, then save again."))
        log_call(party=party, **form.cleaned_data, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    return done(request, _("The call is on the timeline."), back=back)
