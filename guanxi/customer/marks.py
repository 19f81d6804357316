"""Where a list ended, as it stands in the address of its next page. Anybody can write such an address."""

import base64
import json
import math
from collections.abc import Sequence
from datetime import datetime

from guanxi.foundation.given import MOST_DIGITS

LONGEST = 400
Part = str | int | float


def written(parts: Sequence[Part]) -> str:
    """The parts of a mark for an address."""
    return base64.urlsafe_b64encode(json.dumps(list(parts)).encode()).decode().rstrip("=")


def read(text: str) -> list[Part]:
    """The opposite of `written`: finite numbers, and texts that the database can compare with. Raises ValueError."""
    if len(text) > LONGEST:
        raise ValueError("longer than any mark")
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except RecursionError as deep:
        raise ValueError("not a mark") from deep
    if not isinstance(found, list) or not all(map(_is_part, found)):
        raise ValueError("not a mark")
    return found


def moment(text: Part) -> datetime:
    """A moment with its zone. Raises ValueError."""
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        raise ValueError("a moment without a zone")
    return found


def _is_part(value: object) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) < 10**MOST_DIGITS
