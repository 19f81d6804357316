"""The way in: for whom it opens, what it says to others, and when it asks for patience."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from guanxi.foundation.accounts.models import Attempt, User
from guanxi.foundation.accounts.queries import TRIES, TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS, has_tried_too_often
from guanxi.foundation.company.models import Company
from tests.world import PASSWORD, logged_in

LOG_IN = "/accounts/login/"


def enter(client: Client, email: str, password: str, **more: str) -> object:
    return client.post(LOG_IN, {"email": email, "password": password, **more})


def test_a_colleague_comes_in_and_goes_where_they_wanted(alice: User) -> None:
    answer = enter(Client(), "Alice@Guanxi.example", PASSWORD, next="/accounts/profile/")
    assert (answer.status_code, answer.url) == (302, "/accounts/profile/")


def test_nobody_is_sent_to_another_site(alice: User) -> None:
    assert enter(Client(), alice.email, PASSWORD, next="https://elsewhere.example/").url == "/"


def test_a_stranger_and_a_wrong_password_read_the_same_sentence(alice: User) -> None:
    wrong, unknown = enter(Client(), alice.email, "wrong"), enter(Client(), "nobody@guanxi.example", "wrong")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_somebody_who_left_cannot_come_in(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert enter(Client(), alice.email, PASSWORD).status_code == 422


def test_after_too_many_tries_even_the_right_password_must_wait(alice: User) -> None:
    for _ in range(TRIES):
        enter(Client(), alice.email, "wrong")
    answer = enter(Client(), alice.email, PASSWORD)
    assert answer.status_code == 422
    assert "15 minutes" in answer.content.decode()


def test_a_strangers_tries_do_not_lock_the_owner_out(alice: User) -> None:
    for _ in range(TRIES + 1):
        Client().post(LOG_IN, {"email": alice.email, "password": "wrong"}, REMOTE_ADDR="10.0.0.66")
    assert Attempt.objects.count() == TRIES
    assert enter(Client(), alice.email, PASSWORD).status_code == 302


def test_an_account_has_patience_with_so_many_addresses_only(db: None) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    Attempt.objects.bulk_create(
        Attempt(email="a@b.example", address=f"10.0.1.{i}", at=at, succeeded=False)
        for i in range(TRIES_PER_ACCOUNT + 1)
    )
    assert has_tried_too_often(email="a@b.example", address="10.0.0.9", at=at)


def test_an_address_longer_than_any_is_refused_in_the_form(company: Company) -> None:
    for path in (LOG_IN, "/accounts/reset/"):
        answer = Client().post(path, {"email": f"{'a' * 300}@b.example", "password": "x"})
        assert answer.status_code == 422


def test_patience_ends_after_a_quarter_of_an_hour(db: None) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    Attempt.objects.bulk_create(
        Attempt(email="a@b.example", address="10.0.0.1", at=at, succeeded=False) for _ in range(TRIES + 1)
    )
    asked = {"email": "A@b.example", "address": "10.0.0.1"}
    assert has_tried_too_often(**asked, at=at + timedelta(minutes=14))
    assert not has_tried_too_often(**asked, at=at + timedelta(minutes=16))


def test_one_address_cannot_try_many_accounts(db: None) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    Attempt.objects.bulk_create(
        Attempt(email=f"{i}@b.example", address="10.0.0.1", at=at, succeeded=False)
        for i in range(TRIES_PER_ADDRESS + 1)
    )
    assert has_tried_too_often(email="new@b.example", address="10.0.0.1", at=at)
    assert not has_tried_too_often(email="new@b.example", address="10.0.0.2", at=at)


def test_logging_out_closes_the_session(alice: User) -> None:
    client = logged_in(alice)
    client.post("/accounts/logout/")
    assert client.get("/accounts/profile/").status_code == 302


def test_a_link_in_the_mail_sets_a_new_password_once(alice: User, run_pending_jobs: Callable[[], int]) -> None:
    Client().post("/accounts/reset/", {"email": alice.email})
    run_pending_jobs()
    link = next(line for line in mail.outbox[0].body.splitlines() if "/accounts/reset/" in line)
    path = link.partition("//")[2].partition("/")[2]
    assert Client().get(f"/{path}").status_code == 200
    assert Client().post(f"/{path}", {"password": "a new and longer one"}).url == LOG_IN
    assert enter(Client(), alice.email, "a new and longer one").status_code == 302
    assert Client().get(f"/{path}").status_code == 410


@pytest.mark.parametrize(
    "path", ["/accounts/reset/MQ/wrong-token/", "/accounts/reset/%FF/x/", "/accounts/reset/AAAA/x/"]
)
def test_a_made_up_link_is_told_to_be_useless(path: str, company: Company) -> None:
    assert Client().get(path).status_code == 410


def test_nobody_learns_whether_an_address_has_an_account(alice: User, run_pending_jobs: Callable[[], int]) -> None:
    told = []
    for email in (alice.email, "nobody@guanxi.example"):
        page = Client().post("/accounts/reset/", {"email": email}).content.decode()
        told.append(page.partition("<main")[2].partition("</main>")[0].replace(email, "…"))
    assert told[0] == told[1]
    run_pending_jobs()
    assert len(mail.outbox) == 1


def test_the_mail_is_written_in_the_readers_language(alice: User, run_pending_jobs: Callable[[], int]) -> None:
    User.objects.filter(pk=alice.pk).update(language="zh-hans")
    Client().post("/accounts/reset/", {"email": alice.email})
    run_pending_jobs()
    assert "您好" in mail.outbox[0].body


def test_nobody_can_flood_a_mailbox_with_links(alice: User, run_pending_jobs: Callable[[], int]) -> None:
    for _ in range(5):
        assert Client().post("/accounts/reset/", {"email": alice.email}).status_code == 200
    run_pending_jobs()
    assert len(mail.outbox) == 3


def test_a_forged_host_does_not_get_into_the_link(alice: User, run_pending_jobs: Callable[[], int]) -> None:
    Client().post("/accounts/reset/", {"email": alice.email}, HTTP_HOST="127.0.0.1:6666")
    run_pending_jobs()
    assert "6666" not in mail.outbox[0].body
