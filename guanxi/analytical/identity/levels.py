"""How well two spellings agree: stable codes, kept with every proposal and put into sentences by whoever shows them."""

from enum import StrEnum


class Level(StrEnum):
    """The value is stored and never changes; it reads as plain English."""

    EXACT = "exact"
    SAME_PINYIN = "same pinyin"
    OTHER_ORDER = "same words in another order"
    SHORT_FORM = "short form"  # Bob and Robert; 博远 and 上海博远科技有限公司
    INITIAL = "initial"  # M. Ridley and Martin Ridley
    SAME_FAMILY = "same family name"  # 王总 and 王晓梅: nothing speaks against it
    ONE_LETTER = "one letter differs"
    SIMILAR = "similar"
    SAME_SOUND = "same sound"
    PART = "part in common"
    SAME_AREA = "same area"
    SAME_YEAR = "same year"
    DIFFERENT = "different"
    MISSING = "missing"


AGREEING = frozenset(Level) - {Level.DIFFERENT, Level.MISSING}
