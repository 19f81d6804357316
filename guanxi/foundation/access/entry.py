"""Who asks for a page: the colleague with role, team and grants, which every page needs, in one statement."""

from functools import lru_cache

from django.contrib.auth.backends import ModelBackend

from guanxi.foundation.access.doors import hold_grants
from guanxi.foundation.access.models import Grant, Role, Team
from guanxi.foundation.accounts.models import User
from guanxi.foundation.rows import columns, made, names, row_of


class Colleagues(ModelBackend):
    """Django's way in by e-mail and password, and the colleague of a session."""

    def get_user(self, user_id: int) -> User | None:
        """The colleague, if they may log in."""
        row = row_of(_statement(), [user_id])
        if row is None:
            return None
        user, rest = made(User, row), row[len(names(User)) :]
        role, team = rest[: len(names(Role))], rest[len(names(Role)) : -1]
        user.role = made(Role, role) if user.role_id else None
        user.team = made(Team, team) if user.team_id else None
        if not self.user_can_authenticate(user):
            return None
        hold_grants(user, (each.split(" ") for each in row[-1]))
        return user


@lru_cache
def _statement() -> str:
    """The colleague, the role, the team, and a list of "verb reach"."""
    user, role, team, grant = (model._meta.db_table for model in (User, Role, Team, Grant))
    granted = f"ARRAY(SELECT verb || ' ' || reach FROM {grant} WHERE role_id = {user}.role_id)"
    return (
        f"SELECT {columns(User)}, {columns(Role)}, {columns(Team)}, {granted} FROM {user}"
        f" LEFT JOIN {role} ON {role}.id = {user}.role_id LEFT JOIN {team} ON {team}.id = {user}.team_id"
        f" WHERE {user}.id = %s"
    )
