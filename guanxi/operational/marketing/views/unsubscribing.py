from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guanxi.customer.models import SourceRecord
from guanxi.customer.queries.consents import has_refused
from guanxi.foundation.company import clock
from guanxi.operational.marketing.actions import unsubscribe
from guanxi.operational.marketing.letters import spoken_language
from guanxi.operational.marketing.unsubscribing import NotOurLinkError, read_ticket


@csrf_exempt  # the signed address is the proof; mail programs post here without having been on the page (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    """The customer's own page: a button that withdraws the consent, or that it is done. Looking changes nothing."""
    try:
        ticket = read_ticket(token)
        record = SourceRecord.objects.select_related("party").get(pk=ticket.source_record)
    except (NotOurLinkError, SourceRecord.DoesNotExist) as unknown:
        raise Http404(token) from unknown
    if request.method == "POST":
        unsubscribe(ticket=ticket, proof=_proof(request), at=clock.now())
    done = has_refused(record.party, purpose=ticket.purpose, channel=ticket.channel)
    with translation.override(spoken_language(record.party)):
        return render(request, "marketing/unsubscription.html", {"ticket": ticket, "done": done})


def _proof(request: HttpRequest) -> str:
    by_mail_program = request.POST.get("List-Unsubscribe") == "One-Click"
    return _("One click in the mail program") if by_mail_program else _("Button on the page of the mail’s own link")
