"""The birth date: read or left as it came, believed like every field, asked for, and what it says of who is who."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from guanxi.customer.actions import correct_field, correct_in_place, create_customer, undo_correction
from guanxi.customer.filters import customers_meeting, describe, read_conditions
from guanxi.customer.matching import Likeness, Rule, Strength, alike, read_candidate
from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import DuplicatePolicy, MatchingPolicy, Merge, Party, Proposal, SourceRecord
from guanxi.customer.privacy.actions import check_identity, open_request, start_erasure
from guanxi.customer.privacy.erasing import erase
from guanxi.customer.proposing import merge_surest, propose_matches
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError
from tests.customer.incoming import DAY, SPRING, bring, known, row
from tests.customer.matching.crowd import crowd
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
Kind = Party.Kind


def at_the_door(**typed: str) -> Likeness:
    return alike([read_candidate(typed, country="CN")])[0][0]


@pytest.mark.parametrize("written", ["1985-04-12", "1985/4/12", "1985年4月12日", "19850412"])
def test_a_birth_date_is_kept_in_one_spelling_with_who_says_so(written: str) -> None:
    mei = known("C-1", name="Mei Jones", born=written)
    assert (mei.born, mei.provenance["born"]) == ("1985-04-12", [mei.source_records.get().pk, SPRING.isoformat()])


@pytest.mark.parametrize("written", ["--0412", "1985", "1985-02-30", "1800-05-05", "2031-05-05", "in spring"])
def test_what_is_no_whole_birth_date_is_said_and_kept_as_it_came(written: str) -> None:
    outcome = bring(row("C-1", name="Mei Jones", born=written))[0]
    mei = SourceRecord.objects.get(external_id="C-1").party
    assert mei.born == ""
    assert mei.source_records.get().payload["born"] == written
    assert f"“{written}” is no birth date" in outcome.reason


def test_only_persons_have_one_and_who_has_one_is_a_person() -> None:
    assert known("C-1", name="Brook Trading Ltd", born="1985-04-12").kind == Kind.PERSON
    firm = bring(row("C-2", name="Brook Tea", kind="organisation", born="1985-04-12"))[0]
    held = SourceRecord.objects.get(external_id="C-2").party
    assert (held.kind, held.born) == (Kind.ORGANISATION, "")
    assert "is no field of a customer of the kind “Organisation”" in firm.reason


def test_the_better_source_is_believed_and_a_person_outranks_it(alice: User) -> None:
    mei = known("C-1", name="Mei Jones", email="mei@example.org", born="1985-04-12", owner=alice)
    DuplicatePolicy.objects.create(entry="import", same="attach", named="attach", similar="warn")
    bring(row("K-9", name="Mei Jones", email="mei@example.org", born="1985-04-13"), source="crm", rank=10)
    mei.refresh_from_db()
    assert mei.born == "1985-04-13"
    assert correct_field(party=mei, field="born", text="1985年4月14日", by=alice, at=SPRING + DAY).born == "1985-04-14"
    page = logged_in(alice).get(reverse("customer:sayings", args=[mei.pk, "born"])).text
    assert all(day in page for day in ("12 Apr 1985", "13 Apr 1985", "14 Apr 1985"))
    told = mei.events.get(kind="customer.field_corrected")
    assert told.facts == {"field": "born", "before": "1985-04-13", "after": "1985-04-14"}


def test_the_page_shows_it_and_the_form_asks_for_a_day(alice: User) -> None:
    mei, firm = known("C-1", name="Mei Jones", owner=alice), known("C-2", name="Brook Tea Ltd", owner=alice)
    client = logged_in(alice)
    form = reverse("customer:field", args=[mei.pk, "born"])
    assert 'type="date"' in client.get(form).text
    refused = client.post(form, {"text": "2031-01-01"})
    assert (refused.status_code, "is no birth date" in refused.text) == (422, True)
    client.post(form, {"text": "1985-04-12"})
    page = client.get(reverse("customer:customer", args=[mei.pk])).text
    assert "12 Apr 1985" in page
    assert "Birth date" not in client.get(reverse("customer:customer", args=[firm.pk])).text


def test_it_stands_in_the_list_and_is_typed_over_there(alice: User) -> None:
    mei, firm = (
        known("C-1", name="Mei Jones", owner=alice, born="1985-04-12"),
        known("C-2", name="Tea Ltd", owner=alice),
    )
    client = logged_in(alice)
    place = reverse("customer:cell", args=[mei.pk, "born"])
    listed = client.get(reverse("customer:customers"), {"columns": "born"}).text
    assert "12 Apr 1985" in listed
    assert place in listed
    assert reverse("customer:cell", args=[firm.pk, "born"]) not in listed
    assert 'type="date"' in client.get(place).text
    client.post(place, {"text": "1985-04-13", "seen": "1985-04-12"})
    mei.refresh_from_db()
    assert mei.born == "1985-04-13"
    undo_correction(entry=Entry.objects.latest("pk"), by=alice, at=SPRING + DAY)
    mei.refresh_from_db()
    assert mei.born == "1985-04-12"


def test_a_customer_is_typed_in_with_one(alice: User) -> None:
    given = {"name": "Brook Trading Ltd", "born": "1985-04-12"}
    made = create_customer(fields=given, owner=alice, by=alice, at=SPRING)
    assert (made.born, made.kind) == ("1985-04-12", Kind.PERSON)
    for wrong in ({**given, "kind": "organisation"}, {**given, "born": "0412"}):
        with pytest.raises(UserError, match="birth date"):
            create_customer(fields=wrong, owner=alice, by=alice, at=SPRING)
    firm = known("C-2", name="Brook Tea Ltd")
    with pytest.raises(UserError, match="Only a person"):
        correct_field(party=firm, field="born", text="1985-04-12", by=alice, at=SPRING)


@pytest.mark.parametrize(
    ("at", "condition", "names"),
    [
        ("2026-04-10", ["born", "from", "1985-04-12"], {"April", "Leap"}),
        ("2026-04-10", ["born", "until", "1985-04-12"], {"April", "December"}),
        ("2026-04-10", ["born", "unknown", None], {"Nobody knows"}),
        ("2026-04-10", ["born", "known", None], {"April", "Leap", "December"}),
        ("2026-04-10", ["birthday", "this_month", None], {"April"}),
        ("2026-04-10", ["birthday", "coming", 2], {"April"}),
        ("2026-04-10", ["birthday", "coming", 1], set()),
        ("2026-12-30", ["birthday", "coming", 3], {"December"}),
        ("2026-12-30", ["birthday", "coming", 80], {"December", "Leap"}),
        ("2026-01-02", ["birthday", "coming", 365], {"December", "Leap", "April"}),
    ],
)
def test_customers_are_asked_for_by_it(at: str, condition: list[Any], names: set[str]) -> None:
    for name, born in (("April", "1985-04-12"), ("Leap", "1992-02-29"), ("December", "1960-12-31")):
        known(name, born=born)
    known("Nobody knows")
    asked = read_conditions([condition])
    moment = datetime.fromisoformat(f"{at}T12:00").replace(tzinfo=UTC)
    assert set(customers_meeting(asked, Party.objects.all(), moment).values_list("name", flat=True)) == names
    assert describe(asked).startswith("Customers ")


def test_a_merge_brings_it_and_its_undoing_takes_it_back(alice: User) -> None:
    one, other = known("C-1", name="Mei Jones"), known("C-2", name="Mei Jones", born="1985-04-12")
    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=SPRING)
    assert Party.objects.get().born == "1985-04-12"
    undo_merge(merge=merge, by=alice, at=SPRING + DAY)
    assert dict(Party.objects.values_list("pk", "born")) == {one.pk: "", other.pk: "1985-04-12"}


def test_the_same_name_and_birth_date_are_asked_about_at_the_door(company: object) -> None:
    mei = known("C-1", name="王晓梅", born="1985-04-12", city="杭州")
    found = at_the_door(name="王晓梅", born="1985/4/12")
    assert (found.party, found.rule, found.strength) == (mei.pk, Rule.SAME_NAME, Strength.NAMED)
    assert found.probability > at_the_door(name="王晓梅").probability
    assert not alike([read_candidate({"name": "李建国", "born": "1985-04-12"}, country="CN")])[0]


def test_rows_of_a_file_meet_by_name_and_birth_date(company: object) -> None:
    known("C-1", name="王晓梅", born="1985-04-12")
    twice = [row(key, name="王晓梅", born="1985-04-12") for key in ("K-1", "K-2")]
    outcomes = bring(*twice, *(row(f"X-{n}", name=f"Stranger {n}") for n in range(30)), source="crm")
    assert [each.is_proposed for each in outcomes[:3]] == [True, True, False]


@pytest.mark.parametrize("other", ["1961-09-30", "1985-11-27"])
def test_another_birth_date_contradicts_a_shared_phone(other: str, company: object) -> None:
    known("C-1", name="王晓梅", phone="+8613823104471", city="杭州", born="1985-04-12")
    same = {"name": "王晓梅", "phone": "13823104471", "city": "杭州"}
    assert at_the_door(**same, born="1985-04-21").strength == Strength.SAME  # a slip of the pen
    assert at_the_door(**same, born=other).strength == Strength.SIMILAR
    assert at_the_door(name="王晓梅", city="杭州", born=other).strength == Strength.SIMILAR


def by_night(threshold: float = 0.9) -> None:
    MatchingPolicy.objects.update_or_create(pk=1, defaults={"automatic_from": threshold})
    propose_matches(at=SPRING + DAY)
    merge_surest(at=SPRING + DAY)


def test_by_night_it_speaks_for_one_and_alone_for_nobody(company: object) -> None:
    crowd()
    for record in SourceRecord.objects.all():
        day = date(1940, 1, 1) + 97 * int(record.external_id[1:]) * DAY
        SourceRecord.objects.filter(pk=record.pk).update(fields={**record.fields, "born": day.isoformat()})
    known("t1", name="单晓梅", born="1985-04-12", city="杭州")
    known("t2", name="SHAN Xiaomei", born="1985-04-12", city="杭州市")
    known("t3", name="李建国", born="1985-04-12", city="杭州")
    propose_matches(at=SPRING + DAY)
    shan = Proposal.objects.get(left__name="单晓梅", right__name="SHAN Xiaomei")
    line = next(line for line in shan.explanation if line["field"] == "born")
    assert (line["level"], line["weight"] > 0) == ("exact", True)
    assert not Proposal.objects.filter(right__name="李建国").exists()
    by_night()
    assert not Merge.objects.filter(absorbed__name="李建国").exists()


@pytest.mark.parametrize("other", ["1961-09-30", "1985-11-27"])
def test_by_night_two_birth_dates_keep_two_apart(other: str, company: object) -> None:
    crowd()
    twin = {"name": "单晓梅", "phone": "+8613823104471", "city": "杭州", "card": "88001"}
    one, two = known("t1", born="1985-04-12", **twin), known("t2", born=other, **twin)
    by_night()
    assert not Merge.objects.filter(absorbed__in=[one, two]).exists()
    SourceRecord.objects.filter(party=two).update(fields={**two.source_records.get().fields, "born": "1985-04-12"})
    by_night()
    assert Merge.objects.filter(absorbed__in=[one, two]).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_it_when_the_customer_is_erased(alice: User, ada: User) -> None:
    mei = known("C-1", name="Mei Jones", owner=alice, born="1985-04-12")
    bring(row("K-9", name="Mei Jones", born="1985-04-13"), source="crm")  # somebody else, who may be meant
    bring(row("C-1", name="Mei Jones", born="1985-04-22", as_of=SPRING + DAY), at=SPRING + DAY)
    correct_in_place(party=mei, field="born", text="1985-04-12", seen="1985-04-22", by=alice, at=NOW)
    assert tables_holding("1985-04-12") >= {"customer_party", "customer_event", "audit_entry", "customer_sourcerecord"}
    request = open_request(party=mei, kind="erasure", how="letter", received_at=NOW, by=ada, at=NOW)
    check_identity(request=request, how="called back", by=ada, at=NOW)
    start_erasure(request=request, facts="anonymise", backup_days=90, by=ada, at=NOW)
    assert erase(request_id=request.pk, clock=lambda: NOW)
    assert tables_holding("1985-04-12") | tables_holding("1985-04-22") == set()
    assert Party.objects.get().born == "1985-04-13"


def tables_holding(text: str) -> set[str]:
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT 1 FROM "{table}" AS held WHERE held::text LIKE %s LIMIT 1', [f"%{text}%"])
            found |= {table} if cursor.fetchone() else set()
        return found
