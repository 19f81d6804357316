"""Finding a customer by whatever the person at the phone says: a name, a piece of it, its initials, four digits."""

from guanxi.customer.search.matching import matching, one_of_each
from guanxi.customer.search.ranking import best
from guanxi.customer.search.spelling import learn, meant, relearn, resembling
from guanxi.customer.search.tokens import latin_words, name_words, tokens
from guanxi.customer.search.unsorted import sort_in

__all__ = [
    "best",
    "latin_words",
    "learn",
    "matching",
    "meant",
    "name_words",
    "one_of_each",
    "relearn",
    "resembling",
    "sort_in",
    "tokens",
]
