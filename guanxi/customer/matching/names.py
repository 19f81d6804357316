"""How far two names, or two birth dates, agree, told for one pair at a time."""

from rapidfuzz.distance import OSA, JaroWinkler

from guanxi.analytical.identity.levels import Level
from guanxi.customer.models import Party
from guanxi.customer.normal import (
    PersonName,
    company_core,
    company_name,
    fold,
    formal_given,
    is_chinese,
    person_name,
    plain_text,
)

ALIKE = 0.9  # Jaro–Winkler similarity
SLIPS = 2  # of the pen, in a birth date


def names_agree(left: str, right: str, kind: str) -> Level:
    """For two persons, or two organisations and households."""
    if not left or not right:
        return Level.MISSING
    if left == right or fold(plain_text(left)) == fold(plain_text(right)):
        return Level.EXACT
    if kind == Party.Kind.PERSON:
        return persons_agree(person_name(left), person_name(right))
    return companies_agree(left, right)


def persons_agree(left: PersonName, right: PersonName) -> Level:
    if not left.family or not right.family:
        return Level.MISSING
    if (left.family, left.given) == (right.family, right.given):
        return Level.EXACT if left.given else Level.SAME_FAMILY
    if set(left.keys) & set(right.keys):
        return Level.SAME_PINYIN if _speaks_chinese(left, right) else Level.OTHER_ORDER
    if left.family == right.family:
        return _given_agree(left.given, right.given)
    return _spelt_alike(left.whole, right.whole)


def companies_agree(left: str, right: str) -> Level:
    if not left or not right:
        return Level.MISSING
    if company_name(left) == company_name(right):
        return Level.EXACT
    one, other = company_core(left), company_core(right)
    if not one or not other:
        return Level.DIFFERENT
    if one == other:
        return Level.SHORT_FORM
    return _spelt_alike(one, other)


def births_agree(left: str, right: str) -> Level:
    """The same steps as in `guanxi.analytical.identity.comparisons`: a slip of the pen is no other birthday."""
    if left == right:
        return Level.EXACT
    slips = OSA.distance(left, right)
    if slips <= SLIPS:
        return Level.ONE_LETTER if slips == 1 else Level.SIMILAR
    return Level.SAME_YEAR if left[:4] == right[:4] else Level.DIFFERENT


def _given_agree(left: str, right: str) -> Level:
    if not left or not right:
        return Level.SAME_FAMILY
    if formal_given(left) == formal_given(right):
        return Level.SHORT_FORM
    if not is_chinese(left + right) and (left.startswith(right[0]) and min(len(left), len(right)) == 1):
        return Level.INITIAL
    return _spelt_alike(left, right)


def _speaks_chinese(left: PersonName, right: PersonName) -> bool:
    return is_chinese(left.family) or is_chinese(right.family)


def _spelt_alike(left: str, right: str) -> Level:
    if min(len(left), len(right)) >= 4 and OSA.distance(left, right, score_cutoff=1) <= 1:
        return Level.ONE_LETTER
    if not is_chinese(left + right) and JaroWinkler.similarity(left, right) >= ALIKE:
        return Level.SIMILAR
    return Level.DIFFERENT
