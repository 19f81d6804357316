from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer import access
from guanxi.customer.models import Event
from guanxi.customer.queries.purchases import summary
from guanxi.customer.queries.stream import PURCHASES, Wish, by_day, pinned, read_place, stream, timed
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock

PAGE = 30
LONGEST = 80  # characters that are looked for
CHANNELS = (Event.Channel.CALL, Event.Channel.MAIL, Event.Channel.CHAT, Event.Channel.SMS, Event.Channel.VISIT)


@requires("customer.read")
@require_GET
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The stream of one customer: a fragment for the page, a page of its own without JavaScript."""
    party = access.party(member(request), pk)
    wanted = request.GET.get("channel") or None
    wish = Wish(
        channel=wanted if wanted in {*CHANNELS, PURCHASES} else None, text=request.GET.get("q", "").strip()[:LONGEST]
    )
    before = read_place(request.GET.get("before", ""))
    entries, behind = stream(party, member(request), wish, before=before, most=PAGE)
    is_whole = before is None and wish == Wish()
    context = {
        "party": party,
        "pinned": [timed(each, clock.today()) for each in pinned(party, member(request))] if is_whole else [],
        "days": list(by_day(entries, clock.today())),
        "wish": wish,
        "channels": [(each.value, each.label) for each in CHANNELS],
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
    return render(request, name, {"party": party, "bought": summary(party)})
