from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanxi.customer import access
from guanxi.customer.actions import assign_owner, record_consent, tag, untag
from guanxi.customer.forms import ConsentForm
from guanxi.customer.models import Consent
from guanxi.customer.views.answers import done, refused, way_back
from guanxi.customer.views.holding import chosen_holder
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError


@requires("customer.write")
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looks after the customer: in place in a list, or as a page of its own."""
    party = access.party(member(request), pk, to="write")
    back = reverse("customer:customer", args=[pk])
    if request.method == "POST":
        try:
            chosen = chosen_holder(request, besides=party.owner_id)
        except UserError as error:
            return refused(request, error, back=way_back(request, back))
        entry = assign_owner(parties=[pk], owner=chosen, by=member(request), at=clock.now())
        who = chosen.name if chosen else _("nobody")
        text = _("%(customer)s is now looked after by %(name)s.") % {"customer": party.name, "name": who}
        return done(request, text, back=way_back(request, back), entry=entry)
    name = "customer/_owner_form.html" if request.headers.get("HX-Request") else "customer/owner.html"
    return render(request, name, {"party": party, "colleagues": access.holders(besides=party.owner_id)})


@requires("customer.write")
@require_POST
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a word on the customer."""
    party, back = access.party(member(request), pk, to="write"), reverse("customer:customer", args=[pk])
    try:
        tag(parties=[party.pk], name=request.POST.get("tag", ""), by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    return redirect(back)


@requires("customer.write")
@require_POST
def tag_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a word off the customer."""
    party = access.party(member(request), pk, to="write")
    untag(parties=[party.pk], name=request.POST.get("tag", ""), by=member(request), at=clock.now())
    return redirect("customer:customer", pk)


@requires("customer.read")
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """All answers the customer has given, with proof; whoever may change the customer can record another."""
    party = access.party(member(request), pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST":
        party = access.party(member(request), pk, to="write")
        if form.is_valid():
            record_consent(party=party, **form.cleaned_data, by=member(request), at=clock.now())
            return redirect("customer:consents", pk)
    answers = Consent.objects.filter(party=party).select_related("by", "source_record__source").order_by("-at", "-id")
    may_change = access.within_reach(member(request), pk)
    context = {"party": party, "answers": answers, "form": form, "may_change": may_change}
    return render(request, "customer/consents.html", context, status=422 if form.errors else 200)
