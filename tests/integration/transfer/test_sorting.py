"""The words to search by are sorted into their index beside a large import."""

import pytest
from django.db import connection

from guanxi.customer.search import unsorted
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer import persevering
from guanxi.integration.transfer.parties import ahead, sorting
from tests.integration.transfer.files import imported

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = "customer number,name,e-mail\n" + "".join(f"{number},Ann {number},\n" for number in range(50))


def pages_waiting() -> int:
    """Pages of words that were not sorted in; now they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [unsorted.INDEX])
        ((pages,),) = cursor.fetchall()
    return int(pages)


@pytest.mark.parametrize(("worth_it", "is_sorted"), [(1, True), (1_000, False)])
def test_when_a_large_import_ends_no_words_wait(
    company: Company, monkeypatch: pytest.MonkeyPatch, worth_it: int, is_sorted: bool
) -> None:
    pages_waiting()
    monkeypatch.setattr(ahead, "WORTH_IT", worth_it)
    imported(PEOPLE, kind="customers", source="shop", chunk_rows=25)
    assert (pages_waiting() == 0) is is_sorted


def test_a_database_that_cannot_sort_in_is_not_passed_over(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("no sorting today")

    monkeypatch.setattr(persevering, "PAUSE", 0)
    monkeypatch.setattr(ahead, "WORTH_IT", 1)
    monkeypatch.setattr(sorting, "sort_in", fail)
    import_ = imported(PEOPLE, kind="customers", source="shop", chunk_rows=25)
    assert "no sorting today" in caplog.text
    assert import_.finished_at  # all rows were in, and the second attempt had nothing to sort
