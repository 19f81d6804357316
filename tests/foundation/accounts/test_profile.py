"""A colleague's own account: name, language, zone, theme and password."""

import pytest
from django.test import Client

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.company.models import Company
from tests.world import PASSWORD, logged_in


def test_the_language_is_chosen_before_the_log_in_and_kept_on_the_device(company: Company) -> None:
    client = Client()
    client.post("/accounts/language/", {"language": "zh-hans"})
    assert 'lang="zh-Hans"' in client.get("/accounts/login/").content.decode()


def test_the_language_follows_the_account_to_other_devices(alice: User) -> None:
    logged_in(alice).post("/accounts/language/", {"language": "zh-hans"})
    assert 'lang="zh-Hans"' in logged_in(alice).get("/style/").content.decode()


@pytest.mark.parametrize(("what", "value"), [("language", "tlh"), ("theme", "purple")])
def test_a_choice_that_does_not_exist_changes_nothing(what: str, value: str, alice: User) -> None:
    logged_in(alice).post(f"/accounts/{what}/", {what: value})
    alice.refresh_from_db()
    assert (alice.language, alice.theme) == ("en", "auto")


def test_the_theme_is_drawn_by_the_server_so_that_nothing_flashes(alice: User) -> None:
    client = logged_in(alice)
    client.post("/accounts/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/style/").content.decode()


def test_the_profile_is_saved(alice: User) -> None:
    facts = {"name": "林爱丽", "language": "zh-hans", "timezone": "Asia/Shanghai", "theme": "light"}
    assert logged_in(alice).post("/accounts/profile/", facts).status_code == 302
    alice.refresh_from_db()
    assert (alice.name, alice.timezone) == ("林爱丽", "Asia/Shanghai")


def test_a_zone_that_does_not_exist_is_refused_beside_its_field(alice: User) -> None:
    answer = logged_in(alice).post(
        "/accounts/profile/", {"name": "A", "language": "en", "timezone": "Mars/Base", "theme": "auto"}
    )
    assert answer.status_code == 422
    assert "timezone" in answer.context["form"].errors


def test_a_new_password_ends_the_other_sessions_and_is_on_the_trail(alice: User) -> None:
    here, elsewhere = logged_in(alice), logged_in(alice)
    here.post("/accounts/password/", {"present": PASSWORD, "password": "a new and longer one"})
    assert here.get("/accounts/profile/").status_code == 200
    assert elsewhere.get("/accounts/profile/").status_code == 302
    assert Entry.objects.filter(verb="account.password_changed", by=alice).count() == 1


@pytest.mark.parametrize(("present", "new"), [("wrong", "a new and longer one"), (PASSWORD, "password")])
def test_without_the_present_password_or_with_a_weak_one_nothing_changes(present: str, new: str, alice: User) -> None:
    answer = logged_in(alice).post("/accounts/password/", {"present": present, "password": new})
    assert answer.status_code == 422
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
