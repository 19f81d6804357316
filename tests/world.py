"""The named cast of every test: each page and endpoint is tried by all of them.

alice    owns the customer          bob    is her teammate        sue   supervises everybody
mallory  has a log-in, but no role  max    does marketing         ada   administers
"""

from datetime import UTC, datetime

import pytest
from django.test import Client

from guanxi.foundation.access.models import Team
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.site.roles import ensure_starting_roles

PASSWORD = "correct horse battery staple"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

CAST = {
    "alice": ("Alice Lin", "representative", "North"),
    "bob": ("Bob Chen", "representative", "North"),
    "carol": ("Carol Wu", "representative", "South"),
    "sue": ("Sue Zhao", "manager", None),
    "max": ("Max Roth", "marketer", None),
    "ann": ("Ann Qian", "analyst", None),
    "ada": ("Ada Kerr", "administrator", None),
    "mallory": ("Mallory", None, None),
}


def person(key: str) -> User:
    """The colleague of that name, made on first use."""
    name, role, team = CAST[key]
    return User.objects.filter(email=f"{key}@guanxi.example").first() or User.objects.create_user(
        email=f"{key}@guanxi.example",
        password=PASSWORD,
        name=name,
        role=ensure_starting_roles()[role] if role else None,
        team=Team.objects.get_or_create(name=team)[0] if team else None,
    )


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.update_or_create(
        pk=1, defaults={"name": "Northgate", "currency": "GBP", "timezone": "Europe/London", "country": "GB"}
    )[0]


def _colleague(key: str) -> object:
    @pytest.fixture(name="max_" if key == "max" else key)
    def fixture(company: Company) -> User:
        return person(key)

    return fixture


alice, bob, carol, sue, max_, ann, ada, mallory = (
    _colleague(key) for key in ("alice", "bob", "carol", "sue", "max", "ann", "ada", "mallory")
)
