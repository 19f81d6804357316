"""How much a likeness says, in the three steps that an administrator decides about."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from guanxi.customer.models import Identifier

# Only one customer has these. A phone or an address is shared by a household, a name by many.
OF_ONE_ONLY = {kind.value for kind in Identifier.Kind} - {Identifier.Kind.PHONE, Identifier.Kind.DEVICE}
NAMES = {"name", "latin_name", "company"}
UNLIKE = {"different", "missing"}


class Strength(StrEnum):
    """From the strongest to the weakest."""

    STRONG = "strong"  # an identifier that only one customer has is the same
    NAMED = "named"  # the name and something else are alike
    SIMILAR = "similar"  # anything weaker: the name alone, a phone alone


def strength_of(explanation: Iterable[Mapping[str, object]]) -> Strength:
    """The strength of a likeness from its explanation: [{"field", "level", …}, …] as in `Proposal.explanation`."""
    alike = {str(each["field"]): str(each["level"]) for each in explanation if each["level"] not in UNLIKE}
    if any(alike.get(field) == "exact" for field in OF_ONE_ONLY):
        return Strength.STRONG
    if alike.keys() & NAMES and alike.keys() - NAMES:
        return Strength.NAMED
    return Strength.SIMILAR
