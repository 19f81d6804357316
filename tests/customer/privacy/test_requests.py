"""Requests of customers about their own data, from coming in to being answered."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client

from guanxi.customer.actions import record_consent, tag, write_note
from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.actions import check_identity, due_on, open_request, refuse_request
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from guanxi.foundation.history import Store
from tests.customer.incoming import known
from tests.world import NOW, logged_in


def asked(kind: str, by: User, **fields: object) -> PrivacyRequest:
    party = known("E-1", **{"name": "Elsa Lind", "email": "elsa@lind.example", **fields})
    return open_request(party=party, kind=kind, how="letter", received_at=NOW, by=by, at=NOW)


def test_a_month_to_answer_in_europe_and_fifteen_working_days_in_china(company: Company) -> None:
    monday = date(2026, 3, 2)
    assert due_on(monday) == date(2026, 4, 1)
    company.country = "CN"
    company.save()
    assert due_on(monday) == date(2026, 3, 23)


def test_nothing_is_told_before_the_identity_is_checked(ada: User, history: Store) -> None:
    request = asked("access", ada)
    answer = logged_in(ada).post(f"/customers/privacy/{request.pk}/copy/", follow=True)
    assert answer["Content-Type"].startswith("text/html")
    request.refresh_from_db()
    assert request.finished_at is None


def test_the_copy_holds_every_table_and_nobody_elses_data(ada: User, history: Store) -> None:
    request = asked("access", ada)
    party = request.party
    assert party is not None
    write_note(party=party, text="Likes green tea", by=ada, at=NOW)
    tag(parties=[party.pk], name="gardener", by=ada, at=NOW)
    record_consent(party=party, purpose="offers", channel="mail", is_given=True, at=NOW, by=ada, proof="form 7")
    known("O-1", name="Otto Other", email="otto@other.example")
    check_identity(request=request, how="called back", by=ada, at=NOW)
    answer = logged_in(ada).post(f"/customers/privacy/{request.pk}/copy/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as copy:
        data, page = json.loads(copy.read("data.json")), copy.read("data.html").decode()
    assert {"customer.Party", "customer.SourceRecord", "customer.Event", "customer.Consent"} <= data["tables"].keys()
    assert data["tables"]["customer.SourceRecord"][0]["payload"]["email"] == "elsa@lind.example"
    for part in (page, json.dumps(data)):
        assert "Likes green tea" in part
        assert "form 7" in part
        assert "otto@other.example" not in part
    request.refresh_from_db()
    assert request.state == PrivacyRequest.State.DONE


def test_a_refusal_needs_a_ground_and_is_final(ada: User) -> None:
    request = asked("erasure", ada)
    with pytest.raises(UserError, match="ground"):
        refuse_request(request=request, ground=" ", by=ada, at=NOW)
    refuse_request(request=request, ground="Open claim under warranty", by=ada, at=NOW)
    with pytest.raises(UserError, match="moved on"):
        check_identity(request=request, how="letter", by=ada, at=NOW)


def test_the_same_request_is_not_opened_twice(ada: User) -> None:
    first = asked("erasure", ada)
    assert first.party is not None
    again = open_request(party=first.party, kind="erasure", how="mail", received_at=NOW, by=ada, at=NOW)
    assert again == first


def test_overdue_requests_stand_first(ada: User, company: Company) -> None:
    asked("access", ada)
    known("L-1", name="Late Larsson")
    late = asked("portability", ada)
    PrivacyRequest.objects.filter(pk=late.pk).update(due_on=NOW.date() - timedelta(days=400))
    page = logged_in(ada).get("/customers/privacy/").content.decode()
    assert page.index(f"/customers/privacy/{late.pk}/") < page.index("See what is held")
    assert "overdue" in page


@pytest.mark.parametrize("path", ["/customers/privacy/", "/customers/privacy/1/", "/customers/1/privacy/"])
def test_only_who_answers_for_privacy_sees_requests(path: str, ada: User, sue: User, alice: User) -> None:
    asked("access", ada)
    for colleague in (sue, alice):
        assert logged_in(colleague).get(path).status_code == 404
    assert Client().get(path).status_code == 302
