"""What each agreement is worth at the door, in bits: rules of thumb that hold without any data."""

import math

from guanxi.analytical.identity.levels import Level

PRIOR = -14.0  # bits: that a customer at the door is any one given customer

WEIGHTS: dict[str, dict[Level, float]] = {
    "name": {
        Level.EXACT: 8,
        Level.OTHER_ORDER: 7,
        Level.SAME_PINYIN: 6,
        Level.SHORT_FORM: 6,
        Level.INITIAL: 5,
        Level.ONE_LETTER: 5,
        Level.SIMILAR: 4,
        Level.SAME_FAMILY: 2,
        Level.DIFFERENT: -6,
    },
    "company": {Level.EXACT: 6, Level.SHORT_FORM: 5, Level.ONE_LETTER: 4, Level.SIMILAR: 3, Level.DIFFERENT: -1},
    "email": {Level.EXACT: 14},
    "phone": {Level.EXACT: 12},
    "card": {Level.EXACT: 18},
    "wecom": {Level.EXACT: 18},
    "uscc": {Level.EXACT: 20},
    "number": {Level.EXACT: 16},
    "born": {
        Level.EXACT: 10,
        Level.ONE_LETTER: 4,
        Level.SIMILAR: 2,
        Level.SAME_YEAR: -2,
        Level.DIFFERENT: -10,
    },
    "street": {Level.EXACT: 6},
    "city": {Level.EXACT: 2, Level.DIFFERENT: -1},
    "postcode": {Level.EXACT: 6, Level.DIFFERENT: -1},
}


def weight(field: str, level: Level) -> float:
    return WEIGHTS[field].get(level, 0.0)


def probability(bits: float) -> float:
    """That the two are one, from the bits of evidence together with the prior."""
    return 1 / (1 + math.pow(2.0, -min(max(bits + PRIOR, -60.0), 60.0)))
