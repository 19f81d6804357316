"""Finding a customer by whatever the person at the phone says: a name, a piece of it, its initials, four digits."""

from guanxi.customer.search.matching import matching
from guanxi.customer.search.tokens import tokens

__all__ = ["matching", "tokens"]
