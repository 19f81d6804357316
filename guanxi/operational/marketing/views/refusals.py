"""A person's mistake that an action or query found is told in place of the part that was asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guanxi.foundation.errors import UserError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def tells_refusals(view: View[P]) -> View[P]:
    """Such as a segment with a condition that nothing understands any more."""

    @wraps(view)
    def telling(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UserError as refusal:
            return render(request, "marketing/_refusal.html", {"refusal": str(refusal)}, status=422)

    return telling
