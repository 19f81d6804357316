"""Which models stand behind the figures, and how they did on days they had not seen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from guanxi.foundation.access.doors import requires
from guanxi.insight.charts import calibration
from guanxi.insight.models import ModelCard
from guanxi.insight.queries.cards import drift, questions
from guanxi.insight.queries.freshness import facts_of, freshness
from guanxi.insight.words import method_name, question_name


@require_GET
@requires("insight.read")
def models(request: HttpRequest) -> HttpResponse:
    found = [(question_name(each.key), each) for each in questions()]
    facts = {"questions": found, "freshness": freshness(), "scores": facts_of("scores")}
    return render(request, "insight/models.html", facts)


@require_GET
@requires("insight.read")
def model(request: HttpRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(ModelCard.objects.select_related("refresh"), pk=pk)
    facts = {
        "card": card,
        "name": method_name(card.model),
        "question": question_name(card.question),
        "chart": calibration(card.holdout["bins"]),
        "past": drift(card),
    }
    return render(request, "insight/model.html", facts)
