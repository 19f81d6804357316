"""E-mail addresses in the one form in which they are compared."""

import re

from guanxi.customer.normal.names import plain_text

_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,185}\.[^@\s<>,;.\"]{2,}")


def plain_email(text: str) -> str:
    """The address in lower case, out of `Name <address>` too; empty when there is none.

    Dots and plus signs before the @ stay: whether they matter is the provider's affair.
    """
    found = _ADDRESS.search(text if text.isascii() else plain_text(text))
    return found[0].casefold() if found else ""
