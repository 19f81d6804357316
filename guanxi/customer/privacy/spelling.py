"""The dictionary that puts slips right, when a customer is erased: words that nobody else bears go."""

from guanxi.customer.models import Party, PrivacyRequest, SpelledWord
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.search import matching
from guanxi.customer.search.spelling import words_of


def forget_words(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Take the words of the customer's names out of the dictionary, unless somebody bears them still."""
    unused = [word for word in words_of(subject.names) if not matching(Party.objects.all(), word).exists()]
    gone, _ = SpelledWord.objects.filter(word__in=unused).delete()
    return {"customer.SpelledWord": gone}
