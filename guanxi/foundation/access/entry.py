"""Who asks for a page: the colleague with role, team and grants, which every page needs, in one query."""

from typing import Annotated, TypedDict

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django_stubs_ext import Annotations

from guanxi.foundation.access.doors import hold_grants
from guanxi.foundation.access.models import Grant
from guanxi.foundation.accounts.models import User


class _Granted(TypedDict):
    granted: list[str]  # "verb reach" each


class Colleagues(ModelBackend):
    """Django's way in by e-mail and password, and the colleague of a session."""

    def get_user(self, user_id: int) -> User | None:
        """The colleague, if they may log in."""
        user = _with_grants(User.objects.select_related("role", "team").filter(pk=user_id)).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        hold_grants(user, (each.split(" ") for each in user.granted))
        return user


def _with_grants(users: QuerySet[User]) -> QuerySet[Annotated[User, Annotations[_Granted]]]:
    lines = Grant.objects.filter(role=OuterRef("role")).values_list(Concat("verb", Value(" "), "reach"))
    return users.annotate(granted=ArraySubquery(lines))
