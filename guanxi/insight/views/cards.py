"""Which models stand behind the figures, and how they did on days they had not seen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from guanxi.foundation.access.doors import requires
from guanxi.insight.charts import Option, calibration, told_and_happened
from guanxi.insight.models import ModelCard
from guanxi.insight.queries.cards import contests, drift, leaning
from guanxi.insight.queries.freshness import facts_of, freshness
from guanxi.insight.questions import question
from guanxi.insight.words import method_name


@require_GET
@requires("insight.read")
def models(request: HttpRequest) -> HttpResponse:
    facts = {"contests": contests(), "freshness": freshness(), "scores": facts_of("scores")}
    return render(request, "insight/models.html", facts)


@require_GET
@requires("insight.read")
def model(request: HttpRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(ModelCard.objects.select_related("refresh"), pk=pk)
    asked = question(card.question)
    if asked is None:
        raise Http404
    bins = card.holdout["bins"]
    facts = {
        "card": card,
        "name": method_name(card.model),
        "question": asked,
        "tried": asked.tried(card.sample),
        "chart": _chart(bins) if bins else None,
        "leaning": leaning(card),
        "past": drift(card),
        "nothing_used": not card.refresh.cards.filter(question=card.question, is_used=True).exists(),
    }
    return render(request, "insight/model.html", facts)


def _chart(bins: list[dict[str, float]]) -> Option:
    """Chances stand on the diagonal, with the interval of what came; amounts stand side by side."""
    if "low" not in bins[0]:
        return calibration(bins)
    return told_and_happened([each | {"predicted": each["forecast"], "observed": each["actual"]} for each in bins])
