"""What is blanked in facts about others when a customer is erased, and what is left as it was."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from guanxi.customer.actions import correct_many
from guanxi.customer.engagement.tasks import set_task
from guanxi.customer.merging import merge_together, undo_together
from guanxi.customer.models import Party, Pool, PrivacyRequest, SavedView, Tag, Task, Territory
from guanxi.customer.privacy.actions import check_identity, open_request
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.privacy.traces import erase_traces, without
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.history import Store
from guanxi.insight.models import Segment
from guanxi.operational.marketing.models import Campaign
from tests.customer.incoming import known
from tests.world import NOW, logged_in


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        (["Al"], "Alice called Al, not Sal", "Alice called [erased], not Sal"),
        (["2011", "12 09", "123456"], "2011-12-09T08:26:00.123456+00:00", "2011-12-09T08:26:00.123456+00:00"),
        (["2011", "12 09"], "2011-12-09", "2011-12-09"),
        (["Al"], "Al_offer.pdf", "[erased]_offer.pdf"),
        (["Al"], "联系Al吧", "联系[erased]吧"),
        (["Jos"], "José", "José"),
        (["José"], "to José.", "to [erased]."),
        (["Al", "Al Capp"], "Al Capp and Al", "[erased] and [erased]"),
        (["魏诗涵"], "请联系魏诗涵吧", "请联系[erased]吧"),
        (["魏诗涵"], "魏诗", "魏诗"),
        (["+447788991122"], "tel:+447788991122.", "tel:[erased]."),
        (["7788991122"], "377889911220", "377889911220"),
        (["al@x.example"], "al@x.example", "[erased]"),
        (["A. (B)"], "A. (B), A", "[erased], A"),
        (["erased", "Al"], "Al", "[erased]"),
        (["Al Capp"], "al_capp.pdf, AL  CAPP, al-capp", "[erased].pdf, [erased], [erased]"),
        (["Will"], "Will will", "[erased] will"),
        (["al@x.example"], "AL@X.example", "[erased]"),
        ([], "Al", "Al"),
    ],
)
def test_whole_words_are_blanked(values: list[str], before: str, after: str) -> None:
    assert without(before, values) == after


def test_names_of_facts_stay_and_counted_sentences_do_not() -> None:
    facts: dict[str, Any] = {"merges": [1, "merges"], "to": {"al": "al"}, "reason:“al” is too long": 2, "none": None}
    assert without(facts, ["merges", "al", "to"]) == {
        "merges": [1, "[erased]"],
        "to": {"al": "[erased]"},
        "reason:“[erased]” is too long": 2,
        "none": None,
    }


@pytest.mark.django_db
def test_an_erased_customer_of_a_short_name_harms_nobody(alice: User) -> None:
    """Others are still called what they are called, and what was done with them can still be undone."""
    one, other = known("One"), known("Other")
    merged = merge_together(parties=[one, other], survivor=one, by=alice, at=NOW)
    noted = note(verb="test.noted", by=alice, at=NOW, who="Alice", of="Al", to="Al Capp")

    names = ["Al", "Al Capp", "merges", "survivor"]
    counts = erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=names))

    assert Entry.objects.get(pk=noted.pk).facts == {"who": "Alice", "of": "Al", "to": "[erased]"}
    assert counts["audit.Entry"] == 1
    undo_together(entry=Entry.objects.get(pk=merged.pk), by=alice, at=NOW)
    assert Party.objects.count() == 2


@pytest.mark.django_db
def test_a_name_made_of_numbers_or_keys_leaves_what_others_typed_to_be_taken_back(alice: User) -> None:
    """The trail of others holds moments and names of fields, which undoing reads."""
    one = known("One", city="Leeds", owner=alice)
    for city, at in (("York", NOW), ("Bath", NOW + timedelta(days=1))):
        entry = correct_many(parties=[one.pk], field="city", text=city, by=alice, at=at)
    assert entry is not None
    names = [str(NOW.year), f"{NOW:%m %d}", f"{NOW:%Y %m %d}", "city", "York"]

    counts = erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=names, pointers=["street", "city"]))

    assert counts["audit.Entry"] == 0
    assert logged_in(alice).post(reverse("customer:undo", args=[entry.pk])).status_code == 302
    assert Party.objects.get(pk=one.pk).city == "York"


@pytest.mark.django_db
def test_a_name_that_may_mean_somebody_else_stays_and_is_counted(alice: User) -> None:
    other = known("Otto Keller", email="house@example.org")
    known("Ann Lee")
    for what in ("Call Ann Lee", "Call Zoe", "Call Zoe Zander", "House@example.org", "zoe@example.org", "王伟, 魏诗涵"):
        set_task(party=other, what=what, due_on=NOW.date(), assignee=alice, by=alice, at=NOW)
    names = ["Ann Lee", alice.name, "Zoe", "Zoe Zander", "王伟", "魏诗涵"]
    pointers = ["house@example.org", "zoe@example.org"]

    counts = erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=names, pointers=pointers))

    tasks = list(Task.objects.order_by("pk").values_list("what", flat=True))
    assert tasks == ["Call Ann Lee", "Call Zoe", "Call [erased]", "House@example.org", "[erased]", "王伟, [erased]"]
    assert counts["customer.Task"] == 3
    assert (
        counts["mentions"] == 3 + 6
    )  # of the tasks, and of what the timeline says of them, where the colleague stands


@pytest.mark.django_db
def test_what_the_company_calls_its_own_things_stays_when_a_customer_of_that_name_is_erased(alice: User) -> None:
    segment = Segment.objects.create(name="Overdue regulars", made_at=NOW)
    Campaign.objects.create(name="Spring letter", segment=segment, made_at=NOW)
    Pool.objects.create(name="Public pool", opened_at=NOW)
    Territory.objects.create(name="North Leeds")
    Tag.objects.create(name="garden friend")
    SavedView.objects.create(name="My best", owner=alice)
    own = ["Overdue regulars", "Spring letter", "Public pool", "North Leeds", "Garden Friend", "best my"]
    set_task(party=known("One"), what=", ".join(own), due_on=NOW.date(), assignee=alice, by=alice, at=NOW)

    counts = erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=own))

    assert set(counts) == {"audit.Entry", "push.Notice", "mentions"}
    named = [Segment, Campaign, Pool, Territory, Tag, SavedView]
    assert not any(model._base_manager.filter(name__contains="[erased]").exists() for model in named)
    assert Task.objects.get().what == ", ".join(own)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [["name", "contains", "zander"], {"any": [["name", "is", "Zoe Zander"]]}])
def test_a_segment_that_looks_for_the_customer_is_called_after_them(alice: User, asked: object) -> None:
    Segment.objects.create(name="Zoe Zander", conditions=[["city", "is", "Leeds"], asked], made_at=NOW)
    erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=["Zoe Zander"]))
    assert Segment.objects.get().name == "[erased]"


def test_the_plan_names_what_will_stay_because_a_tag_is_called_the_same(ada: User, history: Store) -> None:
    zoe = known("Z-1", name="Zoe Zander")
    request = open_request(party=zoe, kind="erasure", how="letter", received_at=NOW, by=ada, at=NOW)
    check_identity(request=request, how="called back", by=ada, at=NOW)
    page = reverse("customer:privacy-request", args=[request.pk])
    told = "is called “Zoe Zander” too"
    assert told not in logged_in(ada).get(page).content.decode()
    Tag.objects.create(name="zoe zander")
    assert told in logged_in(ada).get(page).content.decode()


@pytest.mark.django_db
def test_what_must_not_be_called_the_same_is_told_apart(alice: User) -> None:
    for name in ("For Zoe Zander", "For 魏诗涵"):
        Tag.objects.create(name=name)
    erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=["Zoe Zander", "魏诗涵"]))
    first, second = Tag.objects.order_by("name")
    assert (first.name, second.name) == (f"{first.pk} For [erased]", "For [erased]")


@pytest.mark.django_db(transaction=True)
def test_what_a_colleague_writes_while_the_sweep_waits_for_them_stays(alice: User) -> None:
    task = set_task(party=known("One"), what="Call Zoe Zander", due_on=NOW.date(), assignee=alice, by=alice, at=NOW)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Task.objects.filter(pk=task.pk).update(what="Call Zoe Zander about the red lamps")
            sweep = pool.submit(swept, "Zoe Zander")
            wait_until_it_waits(sweep)
        sweep.result()
    assert Task.objects.get(pk=task.pk).what == "Call [erased] about the red lamps"


def swept(name: str) -> None:
    try:
        erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=[name]))
    finally:
        connection.close()


def wait_until_it_waits(work: "Future[None]") -> None:
    with connection.cursor() as cursor:
        while not work.done():
            cursor.execute("SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone() is not None:
                return
