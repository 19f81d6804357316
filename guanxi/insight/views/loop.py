"""The managers' home: what acting on customers has earned."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.foundation.access.doors import requires
from guanxi.insight.models import Programme
from guanxi.insight.queries import loop as queries


@require_GET
@requires("loop.read")
def loop(request: HttpRequest) -> HttpResponse:
    found = queries.loop()
    ways = [(Programme.WorksBy(way).label, together) for way, together in found.by_way]
    lows, highs = [way.low for _label, way in ways], [way.high for _label, way in ways]
    scale = (min([0.0, *lows]), max([1.0, *highs]))
    return render(request, "insight/loop.html", {"loop": found, "ways": ways, "scale": scale})
