"""Who is loyal, and what that is worth: the matrices of the textbooks, counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanxi.customer.models import Reading
from guanxi.foundation.access.doors import may, requires
from guanxi.insight.queries.freshness import freshness
from guanxi.insight.queries.loyalty import growth_cells, loyalty_axes, loyalty_cells, moves, tier_policies


@require_GET
@requires("insight.read")
def loyalty(request: HttpRequest) -> HttpResponse:
    cells, tier_moves = loyalty_cells(), moves("tier", Reading.Tier)
    facts = {
        "freshness": freshness(),
        "cells": cells,
        "axes": loyalty_axes() if cells else None,
        "loyalty_moves": moves("loyalty", Reading.Loyalty),
        "tiers": tier_policies(tier_moves),
        "tier_moves": tier_moves,
        "growth": growth_cells(),
        "may_set": may(request.user, "settings.write"),
    }
    return render(request, "insight/loyalty.html", facts)
