"""What may be proposed at all, however high the model's figure: names decide, and what people share is no proof."""

from collections.abc import Mapping

from guanxi.analytical.identity.explaining import Pair
from guanxi.analytical.identity.levels import AGREEING, Level
from guanxi.customer.models import Party

Levels = Mapping[str, Level]


def levels_of(pair: Pair) -> dict[str, Level]:
    return {line.field: line.level for line in pair.lines}


def may_be_one(levels: Levels, kind: Party.Kind) -> bool:
    """Whether a pair may be shown as one: a phone, an address or a town in common alone never is.

    Of two names that contradict each other only a number given to one customer alone convinces; a family name may
    change, so there an address of his own does too. The rest of a household has the same family name, phone and street.
    """
    has_code = levels.get("code") == Level.EXACT
    has_own = has_code or levels.get("email") == Level.EXACT
    if kind != Party.Kind.PERSON:
        return has_code or (_is_not_other(levels, "company") and (has_own or _agrees(levels, "company")))
    if levels.get("given") == Level.DIFFERENT:
        return has_code
    if levels.get("family") == Level.DIFFERENT:
        return has_own
    is_named = _agrees(levels, "family") and (_agrees(levels, "given") or _agrees(levels, "company"))
    return is_named or has_own


def contradict(levels: Levels) -> bool:
    """Whether something that does not change differs: a birth date, or a number given to one customer alone."""
    return levels.get("code") == Level.DIFFERENT or levels.get("born") in {Level.DIFFERENT, Level.SAME_YEAR}


def is_named_alike(levels: Levels, kind: Party.Kind) -> bool:
    """Whether the whole names agree, which a merge without a person needs."""
    fields = ("family", "given") if kind == Party.Kind.PERSON else ("company",)
    return all(_agrees(levels, field) for field in fields)


def _agrees(levels: Levels, field: str) -> bool:
    return levels.get(field) in AGREEING


def _is_not_other(levels: Levels, field: str) -> bool:
    return levels.get(field) != Level.DIFFERENT
