"""A list of twelve rows asks the database no more often than a list of one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guanxi.customer.models import Outbox, Tag
from guanxi.foundation.accounts.models import User
from guanxi.foundation.catalogue.models import Product
from guanxi.insight.models import Need, Refresh, Segment, Verdict
from guanxi.insight.programmes import open_programme
from guanxi.integration.transfer.models import Import, Question
from guanxi.operational.marketing.models import Campaign
from tests.customer.incoming import known
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
Row = Callable[[int, User], object]


def segment(n: int, by: User) -> Segment:
    Tag.objects.get_or_create(name="regular")
    asked = [["owner", "in", [str(by.pk)]], ["tag", "in", ["regular"]], ["country", "in", ["GB"]]]
    return Segment.objects.create(name=f"Segment {n}", conditions=asked, made_at=NOW, made_by=by)


def campaign(n: int, by: User) -> Campaign:
    return Campaign.objects.create(name=f"Campaign {n}", segment=segment(n, by), made_at=NOW, made_by=by)


def message(n: int, by: User) -> Outbox:
    party = known(f"C-{n}", owner=by)
    return Outbox.objects.create(
        key=f"m:{n}", party=party, source_record=party.source_records.get(), channel="mail", purpose="offers",
        address=f"c{n}@example.com", subject="Tea", body="Tea", due_at=NOW,
    )  # fmt: skip


def import_(n: int, by: User) -> Import:
    return Import.objects.create(file_name=f"{n}.csv", size=1, sha256="0" * 64, uploaded_at=NOW, uploaded_by=by)


def question(n: int, by: User) -> Question:
    words = {"place": 0, "name": "won", "kind": "words", "filled": 9, "values": [["yes", 5], ["no", 4]]}
    asked = {"outcome": 0, "yes": ["yes"], "no": ["no"], "order": "", "left_out": [], "cleared": []}
    return Question.objects.create(
        file_name=f"{n}.csv", columns=[words], asked=asked, asked_at=NOW, uploaded_at=NOW, uploaded_by=by
    )


def verdict(n: int, by: User) -> Verdict:
    opened = open_programme(name=f"Programme {n}", control_share=0.5, by=by, at=NOW)
    return Verdict.objects.create(
        programme=opened, measured_at=NOW + timedelta(days=1), is_final=False, conclusion="too_early", figures={}
    )


def need(n: int, by: User) -> Need:
    Refresh.objects.get_or_create(as_of=NOW, started_at=NOW, published_at=NOW)
    Product.objects.create(sku=f"A-{n}", name=f"Article {n}")
    day = NOW.date()
    return Need.objects.create(
        rank=n, party=known(f"N-{n}", owner=by), article=f"A-{n}", due_on=day, low_on=day, high_on=day, usual_days=30,
        purchases=3, last_on=day, chance=0.3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("insight:segments", segment),
        ("marketing:campaigns", campaign),
        ("channels:outbox", message),
        ("transfer:imports", import_),
        ("insight:due", need),
        ("transfer:questions", question),
        ("insight:loop", verdict),
        ("home", verdict),
    ],
)
def test_a_longer_list_takes_no_more_queries(name: str, row: Row, ada: User) -> None:
    client, page = logged_in(ada), reverse(name)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    row(0, ada)
    client.get(page)  # whatever is kept for the process is kept now
    of_one = queries()
    for n in range(1, 12):
        row(n, ada)

    assert queries() == of_one
