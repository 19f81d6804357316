"""Person or organisation, told by the name where the source does not say."""

import re

_ORGANISATION = re.compile(
    r"\b(ltd|limited|inc|llc|plc|gmbh|ag|kg|ab|oy|as|sarl|sas|bv|nv|srl|spa|corp|company|co|group|hotels?|stores?"
    r"|shop|school|university|bank|trading|and sons|partners|holdings?)\b\.?"
    r"|& (sons|daughters|co|brothers)\b|公司|集团|商店|商行|超市|酒店|餐厅|饭店|茶馆|咖啡"
    r"|工厂|学校|大学|医院|银行|经营部|事务所|合作社|工作室",
    re.IGNORECASE,
)


def kind_of(name: str) -> str:
    """`organisation` for a name with a legal form or a line of business in it, else `person`."""
    return "organisation" if _ORGANISATION.search(name) else "person"
