"""What an erasure goes through and counts is told in words, also of the table that is added next year."""

import pytest
from django.apps import apps

from guanxi.customer.foreign_keys import foreign_keys
from guanxi.customer.models import ErasureStep, Party, PrivacyRequest, SourceRecord
from guanxi.customer.privacy.erasers import erasers
from guanxi.customer.privacy.holdings import KEPT
from guanxi.customer.privacy.texts import written
from guanxi.customer.privacy.wording import in_words, step_in_words
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history.datasets import all_declared
from tests.world import NOW, logged_in

BESIDES = ("keys", "mentions", "rows", "originals", "files", "folders", "published", "written_anew", "cleaned")


def tables() -> set[str]:
    """Tables whose rows may go with a customer, and those in which colleagues write."""
    kept = {apps.get_model(label) for label in KEPT}
    found, fresh = {Party, SourceRecord}, {Party, SourceRecord}
    while fresh:
        fresh = {model for model, link in foreign_keys() if link.related_model in fresh} - found - kept
        found |= fresh
    return {model._meta.label for model in found | kept} | {model._meta.label for model, _column in written()}


def test_every_table_step_and_count_has_words() -> None:
    counted = [*tables(), *(each.name for each in all_declared()), "order_lines:kept_anonymous", *BESIDES]
    steps = ["keys", "record", "space", *(each.name for each in erasers())]
    assert [each for each in counted if in_words(each) == each] == []
    assert [each for each in steps if step_in_words(each) == each] == []


@pytest.mark.django_db
def test_the_report_speaks_no_code(ada: User) -> None:
    request = PrivacyRequest.objects.create(
        kind="erasure", received_at=NOW, due_on=NOW.date(), checked_at=NOW, started_at=NOW, failure="imports: OSError"
    )
    counts = {"customer.Telling": 3, "order_lines:kept_anonymous": 2, "mentions": 1}
    ErasureStep.objects.create(request=request, name="record", finished_at=NOW, counts=counts)
    page = logged_in(ada).get(f"/customers/privacy/{request.pk}/").content.decode()
    for said in (
        "What each delivery said: 3",
        "Order lines kept without the customer: 2",
        "(Files of imports: OSError)",
    ):
        assert said in page
    for code in ("customer.Telling", "order_lines", "mentions"):
        assert code not in page
