"""Numbers as people and addresses give them: nothing in them is to be trusted."""

import math

from django.http import Http404, QueryDict

MOST_DIGITS = 18  # more do not surely fit a bigint
MOST = 1e15  # beyond, a float no longer holds every whole number


def is_whole_number(text: str) -> bool:
    """Whether these are the ASCII digits of a number that a row can have."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def whole_number(text: str) -> int:
    """The number of a row or a place; anything else is a page that does not exist (Http404)."""
    if not is_whole_number(text):
        raise Http404("not a number")
    return int(text)


def whole_number_in(parameters: QueryDict, name: str) -> int | None:
    """The number given as `name`; None when it was left out or empty. Raises Http404."""
    text = parameters.get(name, "")
    return whole_number(text) if text else None


def figure(text: object) -> float:
    """A finite figure between ±10¹⁵. Raises ValueError."""
    found = float(str(text))
    if not math.isfinite(found) or abs(found) > MOST:
        raise ValueError("not a figure")
    return found
