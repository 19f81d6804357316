"""Settings: for how long customers are kept who have no purpose any more, and whom that concerns today."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party, RetentionRule
from guanxi.customer.privacy.forms import RetentionForm
from guanxi.customer.privacy.retaining import A_NIGHT, end_rule, set_rule, tonight
from guanxi.customer.privacy.retention import What, due, grounds, over
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company import clock

VERB = "privacy.handle"
SHOWN = 20


@dataclass(frozen=True)
class Preview:
    """Whom a rule concerns today: how many at most, who is first, and how many are kept on which ground."""

    number: int
    first: QuerySet[Party]
    unseen: int
    kept: list[tuple[str | Promise, int]]


@requires(VERB)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every kind of customers with its rule, if it has one."""
    held = {each.what: each for each in RetentionRule.objects.select_related("set_by")}
    context = {"rules": [(each, held.get(each)) for each in What], "grounds": grounds()}
    return render(request, "customer/settings/retention.html", context)


@requires(VERB)
def rule(request: HttpRequest, what: str) -> HttpResponse:
    """Show whom a rule would concern today; sent once more, it holds."""
    kind, kept = _kind(what), RetentionRule.objects.filter(what=what).first()
    initial = {"months": kept.months, "ground": kept.ground, "way": kept.way} if kept else {}
    form = RetentionForm(request.POST or None, initial=initial)
    context: dict[str, object] = {"kind": kind, "form": form, "a_night": A_NIGHT}
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST:
            set_rule(what=kind, **form.cleaned_data, by=member(request), at=clock.now())
            messages.success(request, _("Saved. It holds from the next night on."))
            return redirect("retention:rules")
        context["preview"] = _preview(RetentionRule(what=kind, **form.cleaned_data), member(request))
    return render(request, "customer/settings/retention_rule.html", context, status=422 if form.errors else 200)


@requires(VERB)
@require_POST
def end(request: HttpRequest, what: str) -> HttpResponse:
    """Keep customers of this kind without end again."""
    end_rule(what=_kind(what), by=member(request), at=clock.now())
    messages.success(request, _("The rule has ended. These customers are kept without end."))
    return redirect("retention:rules")


def _kind(what: str) -> What:
    if what not in What.values:
        raise Http404(what)
    return What(what)


def _preview(rule: RetentionRule, by: User) -> Preview:
    at = clock.now()
    first = [each.pk for each in tonight(rule, at)]
    seen = visible_parties(by).filter(pk__in=first).order_by("touched_at", "pk")
    kept = [(each.label, over(rule, at).filter(each.speaks_for()).count()) for each in grounds()]
    return Preview(
        number=due(rule, at).count(),
        first=seen[:SHOWN],
        unseen=len(first) - seen.count(),
        kept=[(label, number) for label, number in kept if number],
    )
