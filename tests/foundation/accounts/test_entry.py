"""Who asks for a page: read by statements of our own, which must say what Django's would."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guanxi.foundation.access.doors import reach
from guanxi.foundation.access.entry import Colleagues
from guanxi.foundation.accounts.models import User
from guanxi.foundation.accounts.sessions import SessionStore
from tests.world import logged_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["alice", "sue", "mallory"])
def test_a_colleague_comes_in_whole_by_one_statement(
    who: str, request: pytest.FixtureRequest, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stored = User.objects.select_related("role", "team").get(pk=request.getfixturevalue(who).pk)
    grants = dict(stored.role.grants.values_list("verb", "reach")) if stored.role else {}
    with django_assert_num_queries(1):
        user = Colleagues().get_user(stored.pk)
        assert user is not None
        assert (user.role, user.team) == (stored.role, stored.team)
        assert {verb: reach(user, verb) for verb in [*grants, "no.such"]} == {**grants, "no.such": None}
    assert {f.attname: getattr(user, f.attname) for f in User._meta.concrete_fields} == {
        f.attname: getattr(stored, f.attname) for f in User._meta.concrete_fields
    }


def test_who_has_left_does_not_come_in(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert Colleagues().get_user(alice.pk) is None
    assert Colleagues().get_user(0) is None


def test_a_session_ends_on_time(alice: User) -> None:
    client: Client = logged_in(alice)
    key = client.session.session_key
    assert SessionStore(key).load()["_auth_user_id"] == str(alice.pk)
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(key)
    assert late.load() == {}
    assert late.session_key is None
    assert SessionStore("no such key").load() == {}
