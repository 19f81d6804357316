"""For how long customers are kept who have no purpose any more, and what speaks for keeping them nevertheless."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from guanxi.customer.actions import create_customer, record_consent
from guanxi.customer.engagement.promises import make_promise
from guanxi.customer.engagement.tasks import set_task
from guanxi.customer.models import ErasedKey, Identifier, Party, PartyRole, PrivacyRequest, RetentionRule
from guanxi.customer.privacy.actions import open_request, refuse_request
from guanxi.customer.privacy.erasing import erase
from guanxi.customer.privacy.replaying import replay
from guanxi.customer.privacy.retaining import A_NIGHT, apply_rules, set_rule
from guanxi.customer.privacy.retention import months_before
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.history import Store
from tests.customer.incoming import known
from tests.integration.transfer.files import imported
from tests.world import NOW, logged_in

LONG_AGO = NOW - timedelta(days=800)
RULE = {"months": "24", "way": "propose", "ground": "GDPR art. 5 (1) e"}


def silent(name: str, since: datetime = LONG_AGO, **fields: Any) -> Party:
    """Somebody with whom nothing has happened since then."""
    party = known(name, **fields)
    Party.objects.filter(pk=party.pk).update(created_at=LONG_AGO, touched_at=since)
    return party


def ruled(by: User, what: str = "enquiry", way: str = "propose", months: int = 24) -> RetentionRule:
    return set_rule(what=what, months=months, way=way, ground="no purpose any more", by=by, at=NOW)


def proposed() -> set[str]:
    return set(PrivacyRequest.objects.exclude(rule="").values_list("party__name", flat=True))


def test_whom_nothing_has_happened_with_for_so_long_is_proposed_once_and_erased_by_a_person(
    ada: User, history: Store
) -> None:
    silent("Old Enquirer")
    silent("Lately", since=NOW - timedelta(days=700))
    known("New Enquirer")
    ruled(ada)
    assert apply_rules(at=NOW) == 1
    assert apply_rules(at=NOW) == 0
    request = PrivacyRequest.objects.get()
    assert (request.name, request.state) == ("Old Enquirer", PrivacyRequest.State.CHECKED)
    page = logged_in(ada).get(reverse("customer:privacy-request", args=[request.pk])).content.decode()
    assert "by a rule of retention" in page
    assert "Erase for good" in page
    assert Entry.objects.filter(verb="privacy.erasure_proposed", facts={"rule": "enquiry"}).exists()


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_carries_out_erases_by_the_same_steps_and_lets_them_come_again(ada: User, history: Store) -> None:
    gone = silent("Old Enquirer", email="old@enquirer.example")
    ruled(ada, way="carry_out")
    apply_rules(at=NOW)
    request = PrivacyRequest.objects.get()
    assert erase(request_id=request.pk, clock=lambda: NOW)
    assert not Party.ever.filter(pk=gone.pk).exists()
    assert "record" in set(request.steps.values_list("name", flat=True))
    fields = {"name": "Old Enquirer", "email": "old@enquirer.example"}
    again = create_customer(fields=fields, owner=ada, by=ada, at=NOW)
    assert Party.objects.filter(pk=again.pk).exists()
    assert replay(at=NOW) == []


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_they_go_again_by_the_rule_and_may_still_come_again(ada: User, history: Store) -> None:
    gone = silent("Old Enquirer", email="old@enquirer.example")
    row, record = Party.objects.filter(pk=gone.pk), gone.source_records.filter(source__key="till")
    saved = (row.get(), record.get(), Identifier.objects.get(party=gone, kind="email"))
    ruled(ada, way="carry_out")
    apply_rules(at=NOW)
    assert erase(request_id=PrivacyRequest.objects.get().pk, clock=lambda: NOW)
    with transaction.atomic():
        for each in saved:
            each.save_base(raw=True, force_insert=True)
    (again,) = replay(at=NOW)
    assert PrivacyRequest.objects.get(pk=again).rule == "enquiry"
    assert erase(request_id=again, clock=lambda: NOW)
    assert not ErasedKey.objects.exists()


def test_who_bought_is_kept_also_when_no_refresh_has_counted_it_yet(ada: User, history: Store) -> None:
    imported("customer number,name\nB-1,Buyer\nE-1,Enquirer\n", kind="customers", source="shop")
    line = "invoice,customer,date,sku,quantity,price\nI-1,B-1,2023-01-05,P1,2,10.00\n"
    imported(line, kind="transactions", source="shop")
    Party.objects.update(created_at=LONG_AGO, touched_at=LONG_AGO)
    ruled(ada)
    apply_rules(at=NOW)
    assert proposed() == {"Enquirer"}


def test_promises_tasks_roles_and_answers_that_are_due_outrank_a_rule(ada: User, history: Store) -> None:
    kept = {name: silent(name) for name in ("Promised", "Tasked", "Supplier", "Asking", "Refused")}
    silent("Nobody's")
    silent("House", kind="household")
    make_promise(party=kept["Promised"], what="a call", due_on=NOW.date(), by=ada, at=LONG_AGO)
    set_task(party=kept["Tasked"], what="a call", due_on=NOW.date(), assignee=ada, by=ada, at=LONG_AGO)
    record = kept["Supplier"].source_records.get()
    PartyRole.objects.create(party=kept["Supplier"], source_record=record, role="supplier", since=LONG_AGO.date())
    open_request(party=kept["Asking"], kind="access", how="letter", received_at=NOW, by=ada, at=NOW)
    asked = open_request(party=kept["Refused"], kind="erasure", how="letter", received_at=NOW, by=ada, at=NOW)
    refuse_request(request=asked, ground="a lawsuit", by=ada, at=NOW)
    Party.objects.update(touched_at=LONG_AGO)
    page = logged_in(ada).post(reverse("retention:rule", args=["enquiry"]), RULE).content.decode()
    for said in ("1 customer at most.", "Nobody&#x27;s", "an open promise", "an erasure that was refused"):
        assert said in page
    assert not RetentionRule.objects.exists()
    ruled(ada)
    apply_rules(at=NOW)
    assert proposed() == {"Nobody's"}


def test_who_took_back_every_consent_goes_after_the_last_withdrawal(ada: User, history: Store) -> None:
    later = NOW - timedelta(days=10)
    answers = {
        "Withdrew": [(LONG_AGO, "mail", True), (LONG_AGO + timedelta(1), "mail", False)],
        "Withdrew lately": [(LONG_AGO, "mail", True), (later, "mail", False)],
        "Still agrees": [(LONG_AGO, "mail", False), (LONG_AGO, "call", True)],
        "Never asked": [],
    }
    for name, given in answers.items():
        party = known(name)
        for at, channel, is_given in given:
            record_consent(party=party, purpose="offers", channel=channel, is_given=is_given, at=at, by=ada, proof="x")
    ruled(ada, what="withdrawn", months=3)
    apply_rules(at=NOW)
    assert proposed() == {"Withdrew"}


def test_no_more_than_a_person_can_look_at_are_proposed(
    ada: User, history: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert A_NIGHT == 100
    monkeypatch.setattr("guanxi.customer.privacy.retaining.A_NIGHT", 2)
    for n in range(3):
        silent(f"Enquirer {n}")
    ruled(ada)
    apply_rules(at=NOW)
    apply_rules(at=NOW)
    assert len(proposed()) == 2
    refuse_request(request=PrivacyRequest.objects.all()[0], ground="a lawsuit", by=ada, at=NOW)
    apply_rules(at=NOW)
    assert len(proposed()) == 3


def test_a_rule_is_shown_kept_and_ended_on_a_page_and_in_the_trail(ada: User, history: Store) -> None:
    client, place = logged_in(ada), reverse("retention:rule", args=["enquiry"])
    assert client.post(place, RULE | {"months": "0"}).status_code == 422
    client.post(place, RULE | {"keep": "1"})
    page = client.get(reverse("retention:rules")).content.decode()
    assert "24 months after the last thing that happened with them" in page
    assert "GDPR art. 5 (1) e" in page
    client.post(reverse("retention:end", args=["enquiry"]))
    assert not RetentionRule.objects.exists()
    verbs = set(Entry.objects.filter(subject="retention:enquiry").values_list("verb", flat=True))
    assert verbs == {"privacy.retention_set", "privacy.retention_ended"}


@pytest.mark.parametrize(
    ("at", "months", "then"),
    [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 1, (2025, 12, 15)), ((2024, 2, 29), 12, (2023, 2, 28))],
)
def test_months_are_those_of_the_calendar(at: tuple[int, ...], months: int, then: tuple[int, ...]) -> None:
    assert months_before(datetime(*at, tzinfo=UTC), months) == datetime(*then, tzinfo=UTC)  # type: ignore[arg-type, misc]
