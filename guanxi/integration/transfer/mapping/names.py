"""How alike the name of a column is to what a field is called."""

from rapidfuzz import fuzz

from guanxi.integration.transfer.fields.field import Field, Looks
from guanxi.integration.transfer.fields.words import folded, words

EXACT, PART, LIKE = 1.0, 0.8, 0.7
LIKE_ENOUGH = 86  # of 100, by edit distance
SHORTEST_PART = 4

_PREFIXES = ("property", "properties", "contact", "customer", "fields", "customfield")
# Words that make an address or a number that of somebody else, or of a machine nobody answers.
_OTHERS = {
    "owner", "manager", "agent", "rep", "salesperson", "assistant", "referrer", "emergency", "spouse", "partner",
    "fax", "pager", "telex", "经理", "负责人", "业务员", "销售员", "推荐人", "紧急", "传真", "傳真",
}  # fmt: skip
# Those whose birthdays stand beside the customer's, and the calendar by which a day is another one every year.
_RELATIVES = {
    "spouse", "partner", "wife", "husband", "child", "children", "kid", "baby", "son", "daughter", "mother", "father",
    "pet", "lunar", "配偶", "爱人", "丈夫", "妻子", "孩子", "子女", "宝宝", "儿子", "女儿", "父亲", "母亲", "宠物",
    "农历", "阴历",
}  # fmt: skip
_NOT_THE_CUSTOMERS = {Looks.EMAIL: _OTHERS, Looks.PHONE: _OTHERS, Looks.BIRTH_DATE: _RELATIVES}


def is_of_another(name: str, field: Field) -> bool:
    """Whether a column of this name holds an address or a number by which the customer is not reached, the birth date
    of somebody else, or what only has to do with a birthday, such as a gift."""
    others = _NOT_THE_CUSTOMERS.get(field.looks, set())
    if any(other in words(name) or (not other.isascii() and other in name) for other in others):
        return True
    return field.looks is Looks.BIRTH_DATE and not folded(name).endswith(field.names)


def likeness(name: str, field: Field) -> float:
    """0 to 1: how surely a column of this name holds the field."""
    whole = folded(name)
    if not whole:
        return 0.0
    parts = words(name)
    stem = "".join(parts[1:]) if len(parts) > 1 and parts[0] in _PREFIXES else whole
    if whole in field.names or stem in field.names:
        return EXACT - 0.01 * field.names.index(whole if whole in field.names else stem) / len(field.names)
    if parts[-1] == "id" and field.looks is not Looks.CODE:
        return 0.0
    if any(part in field.names for part in parts if len(part) >= SHORTEST_PART or not part.isascii()):
        return PART
    if any(not each.isascii() and len(each) > 1 and each in whole for each in field.names):
        return PART
    best = max(fuzz.ratio(whole, each) for each in field.names)
    return LIKE * best / 100 if best >= LIKE_ENOUGH and len(whole) >= SHORTEST_PART else 0.0
