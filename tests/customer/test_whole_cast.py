"""What hangs on a customer, tried by the whole cast at its real addresses: who may not see the customer finds nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.customer.actions import write_note
from guanxi.customer.assets.actions import add_asset
from guanxi.customer.engagement.files import keep_file
from guanxi.customer.engagement.promises import make_promise
from guanxi.customer.engagement.tasks import set_task
from guanxi.customer.models import Asset, Event, Party, Promise
from guanxi.customer.privacy.actions import open_request
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import NOW, logged_in, person

# alice owns the customer, bob is of her team, carol of another one
READERS = ("alice", "bob", "sue", "max", "ann", "ada")
WRITERS = ("alice", "sue", "ada")
EVERYBODY = (*READERS, "carol", "mallory")
READ = (
    "/customers/{party}/timeline/",
    "/customers/{party}/composer/",
    "/customers/{party}/composer/?compose=promise",
    "/customers/{party}/owed/",
    "/customers/{party}/files/",
    "/customers/{party}/files/{file}/",
    "/customers/{party}/assets/",
    "/customers/{party}/assets/{asset}/",
    "/customers/{party}/level/",
    "/insight/customers/{party}/course/",
)
SAID = (
    ("/customers/{party}/notes/", {"text": "rang"}),
    ("/customers/{party}/promises/", {"what": "Ring back", "due_on": "2030-01-07"}),
    ("/customers/{party}/promises/{promise}/keeping/", {}),
    ("/customers/{party}/tasks/{task}/completion/", {}),
    ("/customers/{party}/entries/{event}/pin/", {}),
)
CHANGED = (
    ("/customers/{party}/assets/", {"name": "Mill"}),
    ("/customers/{party}/assets/{asset}/retirement/", {}),
    ("/customers/{party}/level/", {"level": "proactive", "reason": "Growing"}),
    ("/customers/{party}/files/{file}/removal/", {}),
)
PRIVATE = ("/customers/privacy/{request}/", "/customers/{party}/privacy/")


def machine(party: Party, by: User) -> Asset:
    facts = {"product": None, "serial": "", "bought_on": None, "warranty_until": None, "place": ""}
    return add_asset(party=party, name="Espresso machine", **facts, by=by, at=NOW)


@pytest.fixture
def numbers(alice: User, ada: User) -> dict[str, int]:
    """One of each, by the name it has in an address."""
    mei = known("C-1", name="Mei Jones", owner=alice)
    write_note(party=mei, text="Likes tea", by=alice, at=NOW)
    rows = {
        "party": mei,
        "promise": make_promise(party=mei, what="Send tea", due_on=NOW.date(), by=alice, at=NOW),
        "task": set_task(party=mei, what="Write", due_on=NOW.date(), assignee=alice, by=alice, at=NOW),
        "file": keep_file(party=mei, name="tea.txt", blocks=[b"tea"], by=alice, at=NOW),
        "asset": machine(mei, alice),
        "event": Event.objects.get(kind="customer.note_written"),
        "request": open_request(party=mei, kind="access", how="letter", received_at=NOW, by=ada, at=NOW),
    }
    return {name: row.pk for name, row in rows.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_are_there_for_who_may_see_the_customer(who: str, numbers: dict[str, int]) -> None:
    expected = 200 if who in READERS else 404
    page = logged_in(person(who))
    for address in READ:
        answer = page.get(address.format(**numbers))
        assert answer.status_code == expected, address
        answer.getvalue()  # reads a file to its end, which closes it


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_sees_the_customer_may_note_and_promise(who: str, numbers: dict[str, int]) -> None:
    page = logged_in(person(who))
    for address, said in SAID:
        assert (page.post(address.format(**numbers), said).status_code == 404) == (who not in READERS), address


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_writers_change_what_the_customer_owns_and_is(who: str, numbers: dict[str, int]) -> None:
    page = logged_in(person(who))
    for address, said in CHANGED:
        assert (page.post(address.format(**numbers), said).status_code == 404) == (who not in WRITERS), address


@pytest.mark.parametrize("who", EVERYBODY)
def test_privacy_requests_are_there_for_who_answers_them(who: str, numbers: dict[str, int]) -> None:
    page = logged_in(person(who))
    for address in PRIVATE:
        assert (page.get(address.format(**numbers)).status_code == 200) == (who == "ada"), address
    link = f"/customers/{numbers['party']}/privacy/"
    assert (link in page.get(f"/customers/{numbers['party']}/").content.decode()) == (who == "ada")


@pytest.mark.parametrize("address", ["/customers/promises/", "/customers/agenda/", "/customers/{party}/assets/"])
def test_longer_lists_take_no_more_queries(address: str, numbers: dict[str, int], alice: User) -> None:
    page, place = logged_in(alice), address.format(**numbers)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert page.get(place).status_code == 200
        return len(asked)

    page.get(place)  # whatever is kept for the process is kept now
    of_one, mei = queries(), Party.objects.get(pk=numbers["party"])
    for n in range(6):
        other = known(f"P-{n}", owner=alice)
        make_promise(party=other, what="Ring", due_on=NOW.date(), by=alice, at=NOW)
        set_task(party=other, what="Write", due_on=NOW.date(), assignee=alice, by=alice, at=NOW)
        machine(mei, alice)
    assert Promise.objects.count() == 7
    assert queries() == of_one
