from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.foundation.access.models import Grant, Reach, Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError


class LastAdministrator(UserError):
    """Nobody would be left who can change settings."""


@transaction.atomic
def place_member(*, member: User, by: User | None, at: datetime) -> User:
    """Store a colleague's place. A new one has no password yet: they set it through "forgot password".

    by: None stands for whoever runs the machine.

    Raises:
        LastAdministrator: nobody would be left who can change settings; nothing is stored.
    """
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
    """Give the role exactly these grants. Raises LastAdministrator, and then changes nothing."""
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
        raise LastAdministrator(
            _(
                "Nobody could change the settings any more, so nothing was changed. "
                "Keep one administrator who may log in."
            )
        )
