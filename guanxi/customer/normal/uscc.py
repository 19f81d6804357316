"""统一社会信用代码, the unified social credit code of Chinese organisations (GB 32100-2015)."""

import re

from guanxi.customer.normal.names import plain_text

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they are mistaken for digits
WEIGHTS = [pow(3, place, 31) for place in range(17)]
_FORM = re.compile(f"[{SIGNS}]{{2}}[0-9]{{6}}[{SIGNS}]{{10}}")
_SEPARATORS = re.compile(r"[\s-]")


def plain_uscc(text: str) -> str:
    """The code's eighteen signs in capitals; empty when it is none or its check digit is wrong."""
    code = _SEPARATORS.sub("", plain_text(text)).upper()
    return code if _FORM.fullmatch(code) and code[17] == check_digit(code[:17]) else ""


def check_digit(first: str) -> str:
    """The eighteenth sign that belongs to the seventeen before it (GB 32100-2015, 5.6; GB/T 17710, MOD 31-3)."""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return SIGNS[-total % 31]
