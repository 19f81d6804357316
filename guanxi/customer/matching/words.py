"""The lines of an explanation as sentences that a clerk reads."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.analytical.identity.levels import AGREEING, Level
from guanxi.customer.models import Identifier
from guanxi.customer.normal import country_name, written_phone

Line = Mapping[str, Any]  # {"field", "level", "left", "right", "weight"}, as in Proposal.explanation

FIELDS = {
    "name": gettext_lazy("Name"),
    "family": gettext_lazy("Family name"),
    "given": gettext_lazy("Given name"),
    "latin_name": gettext_lazy("Name in Latin letters"),
    "company": gettext_lazy("Company"),
    "street": gettext_lazy("Street"),
    "house": gettext_lazy("House number"),
    "city": gettext_lazy("City"),
    "region": gettext_lazy("Region"),
    "postcode": gettext_lazy("Postcode"),
    "country": gettext_lazy("Country"),
    "address": gettext_lazy("Address"),
    "born": gettext_lazy("Birth date"),
    "gender": gettext_lazy("Gender"),
    "occupation": gettext_lazy("Occupation"),
    "code": gettext_lazy("Card or registered number"),
    **{kind.value: kind.label for kind in Identifier.Kind},
}
LEVELS = {
    Level.EXACT: gettext_lazy("the same"),
    Level.SAME_PINYIN: gettext_lazy("the same pinyin"),
    Level.OTHER_ORDER: gettext_lazy("the same words in another order"),
    Level.SHORT_FORM: gettext_lazy("a short form"),
    Level.INITIAL: gettext_lazy("an initial"),
    Level.SAME_FAMILY: gettext_lazy("the same family name"),
    Level.ONE_LETTER: gettext_lazy("one letter differs"),
    Level.SIMILAR: gettext_lazy("similar"),
    Level.SAME_SOUND: gettext_lazy("the same sound"),
    Level.PART: gettext_lazy("a part in common"),
    Level.SAME_AREA: gettext_lazy("the same area"),
    Level.SAME_YEAR: gettext_lazy("the same year"),
    Level.DIFFERENT: gettext_lazy("different"),
    Level.MISSING: gettext_lazy("not known of one of them"),
}

RULES = {
    "same-email": gettext_lazy("the same e-mail"),
    "same-phone": gettext_lazy("the same phone"),
    "same-card": gettext_lazy("the same card"),
    "same-wecom": gettext_lazy("the same WeCom account"),
    "same-uscc": gettext_lazy("the same social credit code"),
    "same-number": gettext_lazy("the same customer number"),
    "same-name": gettext_lazy("the same name and more"),
    "similar-name": gettext_lazy("a similar name"),
    "shared": gettext_lazy("something shared"),
    "fellegi-sunter": gettext_lazy("all taken together"),
}


def rule_in_words(rule: str) -> str:
    """What made somebody a suspect, in a few words."""
    return str(RULES.get(rule, rule))


def field_in_words(field: str) -> str:
    """The field's name in the reader's language; one that nobody has named stands as it is."""
    return str(FIELDS.get(field, field))


def agreeing(explanation: Iterable[Line]) -> list[Line]:
    """The lines in which the two agree, the weightiest first."""
    return sorted((line for line in explanation if line["level"] in AGREEING), key=lambda line: -line["weight"])


def in_short(line: Line) -> str:
    """What was compared and how it agrees, without what it says: for readers who may not see the customer."""
    words = {"field": field_in_words(line["field"]), "level": LEVELS[Level(line["level"])]}
    return _("%(field)s: %(level)s") % words


def in_words(line: Line) -> str:
    """The same with what both records say."""
    left, right = _shown(line["field"], line["left"]), _shown(line["field"], line["right"])
    if left == right or not (left and right):
        return f"{in_short(line)} ({left or right})" if left or right else in_short(line)
    words = {"said": in_short(line), "left": left, "right": right}
    return _("%(said)s (“%(left)s” and “%(right)s”)") % words


def _shown(field: str, value: object) -> str:
    text = str(value or "")
    if field == Identifier.Kind.PHONE:
        return written_phone(text)
    if field == "code" and " " in text:  # with its kind, see columns.pointer_columns
        kind, _space, number = text.partition(" ")
        return f"{field_in_words(kind)} {number}"
    return country_name(text) if field == "country" else text
