from datetime import datetime

from django.db import transaction

from guanxi.foundation.access.models import Grant, Reach, Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError


class LastAdministrator(UserError):
    """Nobody would be left who can change settings."""


@transaction.atomic
def place_member(*, member: User, by: User, at: datetime) -> User:
    """Store a colleague's place. A new one has no password yet: they set it through "forgot password"."""
    is_new = member.pk is None
    if is_new:
        member.set_unusable_password()
    member.save()
    _refuse_lockout()
    record(
        verb="access.member_added" if is_new else "access.member_changed",
        by=by,
        at=at,
        subject=f"user:{member.pk}",
        role=member.role.key if member.role else None,
        active=member.is_active,
    )
    return member


@transaction.atomic
def grant_role(*, role: Role, granted: dict[str, Reach], by: User, at: datetime) -> None:
    """Give the role exactly these grants."""
    before = dict(role.grants.values_list("verb", "reach"))
    role.grants.exclude(verb__in=granted).delete()
    Grant.objects.bulk_create(
        [Grant(role=role, verb=verb, reach=reach) for verb, reach in granted.items()],
        update_conflicts=True,
        unique_fields=["role", "verb"],
        update_fields=["reach"],
    )
    _refuse_lockout()
    record(verb="access.role_granted", by=by, at=at, subject=f"role:{role.pk}", before=before, after=granted)


def _refuse_lockout() -> None:
    if not User.objects.filter(is_active=True, role__grants__verb="settings.write").exists():
        raise LastAdministrator
