"""Every address of the record, tried by the owner, a teammate, a supervisor and a stranger."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.models import Party, PartyTag, SavedView
from guanxi.foundation.access.models import Grant, Reach
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import logged_in, person

pytestmark = pytest.mark.django_db

NAMES = re.compile(r'class="name"[^>]*>([^<]+)</a>')
READ = ["customer", "timeline", "purchases", "consents"]


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", email="mei@example.org", phone="+442079460018", city="Leeds", owner=alice)


def address(name: str, *args: object) -> str:
    return reverse(f"customer:{name}", args=args)


@pytest.mark.parametrize("name", READ)
def test_the_team_and_the_supervisor_read_a_customer_and_strangers_find_nothing(name: str, mei: Party) -> None:
    for colleague in ("alice", "bob", "sue"):
        assert logged_in(person(colleague)).get(address(name, mei.pk)).status_code == 200
    for stranger in ("carol", "mallory"):
        assert logged_in(person(stranger)).get(address(name, mei.pk)).status_code == 404


@pytest.mark.parametrize("name", ["owner", "field"])
def test_only_who_may_change_a_customer_opens_its_forms(name: str, mei: Party) -> None:
    place = address(name, mei.pk, *(["city"] if name == "field" else []))
    answers = [logged_in(person(each)).get(place).status_code for each in ("alice", "bob", "sue", "mallory")]
    assert answers == [200, 404, 200, 404]


def test_what_a_source_said_is_shown_word_for_word_to_those_who_may_see_it(mei: Party, bob: User, carol: User) -> None:
    place = address("source", mei.pk, mei.source_records.get().pk)
    assert "mei@example.org" in logged_in(bob).get(place).content.decode()
    assert logged_in(carol).get(place).status_code == 404


def test_a_record_of_another_customer_is_not_found_under_this_one(mei: Party, alice: User) -> None:
    other = known("C-2", owner=alice)
    assert logged_in(alice).get(address("source", mei.pk, other.source_records.get().pk)).status_code == 404


def test_the_list_shows_each_colleague_their_customers(mei: Party, bob: User, carol: User, sue: User) -> None:
    known("C-2", name="Otto Kern", owner=carol)
    assert "Mei Jones" in logged_in(bob).get(address("customers")).content.decode()
    assert "Otto Kern" not in logged_in(bob).get(address("customers")).content.decode()
    assert "Otto Kern" in logged_in(sue).get(address("customers")).content.decode()


@pytest.mark.parametrize("name", ["customers", "counted"])
def test_a_log_in_without_a_role_opens_no_list(name: str, mallory: User) -> None:
    assert logged_in(mallory).get(address(name)).status_code == 404


def test_the_list_takes_a_constant_number_of_queries(sue: User, django_assert_max_num_queries: object) -> None:
    for n in range(30):
        known(f"C-{n}")
    client = logged_in(sue)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(address("customers"))


def test_the_customer_page_takes_a_constant_number_of_queries(
    mei: Party, alice: User, django_assert_max_num_queries: object
) -> None:
    client = logged_in(alice)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(address("customer", mei.pk))


def test_paging_shows_everybody_once_in_each_order(sue: User) -> None:
    for n in range(95):
        known(f"C-{n:03}")
    for sort in ("name", "-name", "-expected_value", "expected_value", "-touched", "touched", "-last_order"):
        seen: list[str] = []
        place = f"{address('customers')}?sort={sort}"
        while place:
            response = logged_in(sue).get(place)
            seen += NAMES.findall(str(response.context["rows"]))
            place = response.context["next_url"]
        assert sorted(seen) == [f"C-{n:03}" for n in range(95)], sort


def test_a_broken_page_mark_shows_the_first_page(mei: Party, alice: User) -> None:
    for mark in ("x", "WzAsICJhYmMiLCAxXQ", "W10", "%00"):
        assert logged_in(alice).get(address("customers"), {"after": mark}).status_code == 200
        assert logged_in(alice).get(address("timeline", mei.pk), {"before": mark}).status_code == 200


def test_the_filter_reads_as_a_sentence_and_selects(mei: Party, alice: User) -> None:
    known("C-2", name="Otto Kern", city="York", owner=alice)
    page = logged_in(alice).get(address("customers"), {"where": "city:is:Leeds"}).content.decode()
    assert "in the city of" in page
    assert "Mei Jones" in page
    assert "Otto Kern" not in page


def test_a_slot_that_is_filled_becomes_part_of_the_address(alice: User) -> None:
    given = {"where": "city:is:Leeds", "field": "stage", "comparison": "in", "value": ["decline", "lost"], "place": ""}
    response = logged_in(alice).get(address("customers"), given)
    assert response.status_code == 302
    assert response["Location"].endswith("?where=city%3Ais%3ALeeds&where=stage%3Ain%3Adecline%7Clost")


def test_a_condition_that_makes_no_sense_is_a_sentence_not_a_trace(mei: Party, alice: User) -> None:
    for where in ("nonsense:is:1", "orders:at_least:many", "city", "stage:is:lost"):
        response = logged_in(alice).get(address("customers"), {"where": where})
        assert response.status_code == 200
        assert "notice bad" in response.content.decode()


def test_customers_are_counted_and_the_count_says_so(mei: Party, alice: User) -> None:
    assert "1 customer, counted now" in logged_in(alice).get(address("counted")).content.decode()


def test_a_note_goes_on_the_timeline(mei: Party, bob: User) -> None:
    logged_in(bob).post(address("notes", mei.pk), {"text": "Opens a second café in March."})
    assert "second café" in logged_in(bob).get(address("timeline", mei.pk)).content.decode()
    mei.refresh_from_db()
    assert mei.touched_at is not None


def test_an_empty_note_is_refused_with_a_sentence(mei: Party, alice: User) -> None:
    response = logged_in(alice).post(address("notes", mei.pk), {"text": "  "}, headers={"HX-Request": "true"})
    assert "Nothing is written yet" in response["HX-Trigger"]
    assert not mei.events.exclude(kind="customer.created").exists()


def test_a_call_goes_on_the_timeline_with_its_length(mei: Party, alice: User) -> None:
    given = {"text": "Wants one invoice a month.", "reached": "yes", "incoming": "yes", "minutes": "4"}
    logged_in(alice).post(address("calls", mei.pk), given)
    page = logged_in(alice).get(address("timeline", mei.pk), {"channel": "call"}).content.decode()
    assert "Call, 4 minutes" in page
    assert "Wants one invoice" in page


def test_strangers_write_nothing(mei: Party, carol: User, mallory: User) -> None:
    for stranger in (carol, mallory):
        client = logged_in(stranger)
        for name in ("notes", "calls", "owner", "tags", "consents"):
            assert client.post(address(name, mei.pk), {"text": "x", "tag": "x"}).status_code == 404
    assert not mei.events.exclude(kind="customer.created").exists()


def test_selected_customers_get_an_owner_and_the_change_can_be_undone(mei: Party, sue: User, bob: User) -> None:
    client = logged_in(sue)
    response = client.post(address("assignment"), {"party": [mei.pk], "owner": bob.pk}, headers={"HX-Request": "true"})
    assert Party.objects.get(pk=mei.pk).owner == bob
    undo = response["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    client.post(undo)
    assert Party.objects.get(pk=mei.pk).owner == mei.owner


def test_somebody_elses_change_cannot_be_undone(mei: Party, sue: User, alice: User, bob: User) -> None:
    response = logged_in(sue).post(
        address("assignment"), {"party": [mei.pk], "owner": bob.pk}, headers={"HX-Request": "true"}
    )
    undo = response["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert logged_in(alice).post(undo).status_code == 404


def test_a_customer_of_somebody_else_stops_the_whole_selection(mei: Party, bob: User, carol: User) -> None:
    mine = known("C-2", owner=bob)
    response = logged_in(bob).post(
        address("tagging"), {"party": [mei.pk, mine.pk], "tag": "vip"}, headers={"HX-Request": "true"}
    )
    assert "looked after by somebody else" in response["HX-Trigger"]
    assert not PartyTag.objects.exists()
    strange = logged_in(carol).post(address("tagging"), {"party": [mei.pk], "tag": "vip"})
    assert strange.status_code == 404


def test_a_view_is_kept_shared_and_forgotten_by_its_owner_only(mei: Party, alice: User, carol: User) -> None:
    client = logged_in(alice)
    client.post(address("views") + "?where=city:is:Leeds", {"name": "Leeds", "is_shared": "on"})
    view = SavedView.objects.get()
    page = logged_in(carol).get(address("customers"), {"view": view.pk}).content.decode()
    assert "in the city of" in page
    assert logged_in(carol).post(address("view-removal", view.pk)).status_code == 404
    client.post(address("view-removal", view.pk))
    assert not SavedView.objects.exists()


def test_a_name_too_long_for_a_view_is_refused_and_not_shortened(alice: User) -> None:
    answer = logged_in(alice).post(address("views"), {"name": "x" * 81}, follow=True)
    assert "at most 80 characters" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_the_list_leads_those_who_may_export_to_a_page_that_knows_its_question(ada: User, sue: User) -> None:
    narrowed = {"where": "city:is:Leeds"}
    export = "/transfer/exports/new/?where=city%3Ais%3ALeeds"
    assert export in logged_in(ada).get(address("customers"), narrowed).content.decode()
    assert "/transfer/exports/" not in logged_in(sue).get(address("customers"), narrowed).content.decode()


def test_a_new_customer_who_resembles_a_known_one_is_shown_first(mei: Party, alice: User) -> None:
    client = logged_in(alice)
    given = {"name": "M. Jones", "email": "MEI@example.org"}
    asked = client.post(address("new"), given)
    assert "Is it one of these?" in asked.content.decode()
    assert Party.objects.count() == 1
    made = client.post(address("new"), {**given, "anyway": "1"})
    assert made.status_code == 302
    assert Party.objects.count() == 2


def test_a_wrong_address_is_refused_in_the_form(alice: User) -> None:
    response = logged_in(alice).post(address("new"), {"name": "Mei", "email": "not an address"})
    assert response.status_code == 422
    assert "is no e-mail address" in response.content.decode()
    assert not Party.objects.exists()


def test_a_correction_of_what_has_changed_meanwhile_is_asked_back_for(mei: Party, alice: User) -> None:
    client, place = logged_in(alice), address("field", mei.pk, "city")
    client.post(place, {"text": "York", "seen": mei.city})
    late = client.post(place, {"text": "Leeds", "seen": mei.city})
    assert (late.status_code, Party.objects.get(pk=mei.pk).city) == (422, "York")
    assert "Meanwhile somebody changed this to “York”" in late.text
    assert '<input type="hidden" name="seen" value="York">' in late.text
    client.post(place, {"text": "Leeds", "seen": "York"})
    assert Party.objects.get(pk=mei.pk).city == "Leeds"


def test_a_correction_outranks_the_source_until_it_is_withdrawn(mei: Party, alice: User) -> None:
    client = logged_in(alice)
    client.post(address("field", mei.pk, "city"), {"text": "York"})
    assert Party.objects.get(pk=mei.pk).city == "York"
    assert "typed" in client.get(address("customer", mei.pk)).content.decode()
    client.post(address("field-withdrawal", mei.pk, "city"))
    assert Party.objects.get(pk=mei.pk).city == "Leeds"


def test_an_answer_on_consent_is_kept_with_its_proof(mei: Party, alice: User, bob: User) -> None:
    given = {"purpose": "offers", "channel": "mail", "is_given": "yes", "proof": "Till form of 2 March"}
    assert logged_in(bob).post(address("consents", mei.pk), given).status_code == 404
    logged_in(alice).post(address("consents", mei.pk), given)
    page = logged_in(alice).get(address("customer", mei.pk)).content.decode()
    assert "Till form of 2 March" in page


@pytest.mark.parametrize("number", ["²", "١", "x", "-1", "9" * 30])
def test_what_is_not_the_number_of_a_row_is_a_page_that_does_not_exist(number: str, mei: Party, sue: User) -> None:
    client = logged_in(sue)
    slot = {"field": "stage", "comparison": "in", "value": "lost", "place": number}
    assert client.get(address("customers"), slot).status_code == 404
    assert client.post(address("assignment"), {"party": [mei.pk], "owner": number}).status_code == 404
    assert client.post(address("tagging"), {"party": [number], "tag": "x"}).status_code == 404
    assert client.post(address("owner", mei.pk), {"owner": number}).status_code == 404
    assert Party.objects.get(pk=mei.pk).owner == mei.owner


@pytest.mark.parametrize("scale", ["²", "nan", "inf", "1e999", "-3", "9" * 400])
def test_a_scale_that_makes_no_sense_is_measured_anew(scale: str, mei: Party, alice: User) -> None:
    assert logged_in(alice).get(address("customers"), {"scale": scale}).context["scale"] == 1


def test_a_view_that_nothing_understands_says_so(mei: Party, alice: User) -> None:
    view = SavedView.objects.create(owner=alice, name="Old", conditions=[["owner", "in", ["x"]]])
    assert "notice bad" in logged_in(alice).get(address("customers"), {"view": view.pk}).content.decode()


def test_a_note_that_is_too_long_is_refused_with_a_sentence(mei: Party, alice: User) -> None:
    response = logged_in(alice).post(address("notes", mei.pk), {"text": "x" * 10_001}, headers={"HX-Request": "true"})
    assert "at most 10000 characters" in response["HX-Trigger"]
    assert not mei.events.exclude(kind="customer.created").exists()


def undo_of(client: Client, name: str, **given: object) -> str:
    response = client.post(address(name), given, headers={"HX-Request": "true"})
    return response["HX-Trigger"].split('"undo": "')[1].split('"')[0]


def test_a_change_is_undone_once_and_not_played_back_again(mei: Party, sue: User, bob: User) -> None:
    client = logged_in(sue)
    undo = undo_of(client, "assignment", party=[mei.pk], owner=bob.pk)
    client.post(undo)
    client.post(address("assignment"), {"party": [mei.pk], "owner": bob.pk})
    assert "taken back already" in client.post(undo, headers={"HX-Request": "true"})["HX-Trigger"]
    assert Party.objects.get(pk=mei.pk).owner == bob

    undo = undo_of(client, "tagging", party=[mei.pk], tag="vip")
    client.post(undo)
    client.post(address("tagging"), {"party": [mei.pk], "tag": "vip"})
    client.post(undo)
    assert PartyTag.objects.filter(party=mei, tag__name="vip").exists()


def test_who_may_no_longer_change_a_customer_undoes_nothing(mei: Party, sue: User, alice: User, bob: User) -> None:
    client = logged_in(sue)
    undos = [
        undo_of(client, "assignment", party=[mei.pk], owner=bob.pk),
        undo_of(client, "tagging", party=[mei.pk], tag="vip"),
    ]
    Grant.objects.filter(role=sue.role, verb="customer.write").update(reach=Reach.OWN)
    for undo in undos:
        client.post(undo)
    assert Party.objects.get(pk=mei.pk).owner == bob
    assert PartyTag.objects.filter(party=mei, tag__name="vip").exists()


def test_who_gave_an_own_customer_away_can_take_it_back(mei: Party, alice: User, bob: User) -> None:
    client = logged_in(alice)
    client.post(undo_of(client, "assignment", party=[mei.pk], owner=bob.pk))
    assert Party.objects.get(pk=mei.pk).owner == alice


def test_on_a_phone_each_cell_says_what_it_shows(mei: Party, alice: User) -> None:
    page = logged_in(alice).get(address("customers") + "?columns=owner,city").content.decode()
    assert 'class="ledger as-cards"' in page
    assert '<td class="" data-label="Owner">' in page
    assert '<td class="" data-label="City">Leeds</td>' in page
