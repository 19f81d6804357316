"""The settings page of who is believed: the ranking of sources, and the rule of each field."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guanxi.customer import believing
from guanxi.customer.believing.changing import ranked_sources
from guanxi.customer.believing.previewing import ranks_after
from guanxi.customer.fields import custom_fields, field_named
from guanxi.customer.intake.rules import rules_as_set
from guanxi.customer.jobs.fields import reappraise_customers
from guanxi.customer.models import BeliefRule, Source
from guanxi.customer.queries.beliefs import saying_in_words
from guanxi.customer.survivorship import GOLDEN, USUAL, How, Rule
from guanxi.customer.timeline.own import field_label
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError

PLACES = 3  # sources that a field can believe before all others


@requires("settings.write")
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """The ranking, the rules, and how far the last change has been applied."""
    rules = rules_as_set()
    names = dict(Source.objects.values_list("key", "name"))
    told = [(name, field_label(name), rules.get(name, USUAL)) for name in _names()]
    context = {
        "sources": ranked_sources(),
        "rules": [
            (name, label, BeliefRule.Rule(rule.how).label, [names[key] for key in rule.ranking if key in names])
            for name, label, rule in told
        ],
        "underway": believing.reappraisal_underway(),
    }
    return render(request, "customer/settings/sources.html", context)


@requires("settings.write")
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """How one field is decided; what another rule would change is shown before it is kept."""
    if name not in _names():
        raise Http404(name)
    held = rules_as_set().get(name, USUAL)
    asked = _asked(request, held)
    context: dict[str, Any] = {
        "name": name,
        "label": field_label(name),
        "rule": asked,
        "rules": BeliefRule.Rule.choices,
        "places": [asked.ranking[place] if place < len(asked.ranking) else "" for place in range(PLACES)],
        "sources": ranked_sources(),
    }
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, name, asked)
    if request.method == "POST":
        tried = believing.preview(member(request), rules={**rules_as_set(), name: asked})
        context |= {"preview": tried, "examples": _worded(request, tried.examples), "is_changed": asked != held}
    return render(request, "customer/settings/rule.html", context)


@requires("settings.write")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Believe a source before its neighbour, or after it; what that would change is shown first."""
    source, up = get_object_or_404(Source.objects.exclude(key=Source.OWN), pk=pk), request.GET.get("to") != "down"
    if request.method == "POST":
        if believing.move_source(source=source, up=up, by=member(request), at=clock.now()):
            reappraise_customers.later()
            messages.success(request, _("The ranking is changed. All customers are computed anew in the background."))
        return redirect("beliefs:sources")
    order = list(ranked_sources())
    place = order.index(source)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(order):
        return redirect("beliefs:sources")
    order[place], order[other] = order[other], order[place]
    tried = believing.preview(member(request), ranks=ranks_after(order))
    context = {
        "source": source,
        "other": order[place],
        "up": up,
        "order": order,
        "preview": tried,
        "examples": _worded(request, tried.examples),
    }
    return render(request, "customer/settings/ranking.html", context)


def _names() -> list[str]:
    return [*GOLDEN, *(each.name for each in custom_fields())]


def _asked(request: HttpRequest, held: Rule) -> Rule:
    """The rule in the form; a rule that does not exist leaves the one that is held."""
    if request.method != "POST":
        return held
    how = request.POST.get("rule", "")
    ranking = dict.fromkeys(key for key in request.POST.getlist("source") if key)
    known: dict[str, How] = {"rank": "rank", "latest": "latest", "most": "most", "longest": "longest"}
    return replace(held, how=known.get(how, held.how), ranking=tuple(ranking))


def _keep(request: HttpRequest, name: str, asked: Rule) -> HttpResponse:
    try:
        asked_for = believing.change_rule(
            field=name, rule=asked.how, ranking=asked.ranking, by=member(request), at=clock.now()
        )
    except UserError as error:
        messages.error(request, str(error))
        return redirect("beliefs:sources")
    if asked_for:
        reappraise_customers.later()
        messages.success(request, _("The rule is changed. All customers are computed anew in the background."))
    return redirect("beliefs:sources")


def _worded(request: HttpRequest, examples: list[Any]) -> list[dict[str, object]]:
    """Examples in the reader's language."""
    shows = {each.field: saying_in_words(each.field, member(request)) for each in examples}
    return [
        {
            "party": each.party,
            "field": field_label(each.field),
            "before": shows[each.field](each.before),
            "after": shows[each.field](each.after),
        }
        for each in examples
        if each.field in GOLDEN or field_named(each.field)
    ]
