"""The dictionary that puts slips right, when a customer is erased: words that nobody else bears go."""

from guanxi.customer.models import Party, PrivacyRequest, SpelledWord
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.search import matching
from guanxi.customer.search.spelling import words_of


def forget_words(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Take the words of the customer's names out of the dictionary, unless somebody bears them still."""
    unused = [word for word in words_of(subject.names) if not _is_borne(word)]
    gone, _ = SpelledWord.objects.filter(word__in=unused).delete()
    return {"customer.SpelledWord": gone}


def _is_borne(word: str) -> bool:
    """Whoever is found by a word bears it, or one that only begins with it."""
    found = matching(Party.objects.all(), word).order_by().values_list("name", "latin_name")
    return any(word in words_of(names) for names in found.iterator(chunk_size=1000))
