"""Finding a customer by whatever the person at the phone says: a name, a piece of it, its initials, four digits."""

from guanxi.customer.search.matching import matching, query_text
from guanxi.customer.search.ranking import best
from guanxi.customer.search.spelling import learn, meant, relearn
from guanxi.customer.search.tokens import name_words, tokens

__all__ = ["best", "learn", "matching", "meant", "name_words", "query_text", "relearn", "tokens"]
