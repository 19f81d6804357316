"""The dictionary that puts slips right forgets the words of an erased customer, and keeps those of everybody else."""

import pytest

from guanxi.customer.models import PrivacyRequest, SpelledWord
from guanxi.customer.privacy.holdings import erase_rows, holdings
from guanxi.customer.privacy.spelling import forget_words
from guanxi.customer.privacy.subject import subject_of
from guanxi.customer.search import relearn
from tests.customer.incoming import known


@pytest.mark.django_db
def test_a_word_that_others_only_begin_with_or_have_in_an_address_goes_and_a_shared_one_stays() -> None:
    erased = known("E-1", name="Zelmi Quast Keller")
    known("O-1", name="Zelmira Keller", email="quast@keller.example")
    relearn()
    subject = subject_of(erased.pk)
    erase_rows(holdings(subject))
    assert forget_words(PrivacyRequest(), subject) == {"customer.SpelledWord": 2}
    assert set(SpelledWord.objects.values_list("word", flat=True)) == {"zelmira", "keller"}
