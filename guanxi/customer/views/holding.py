"""Whom a form names as the one who looks after customers."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from guanxi.customer.access import holders
from guanxi.customer.filters.kinds import NOBODY
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number


def chosen_holder(request: HttpRequest, *, besides: int | None = None) -> User | None:
    """The colleague, or None for nobody. Nobody must be said: raises UserError when nothing was chosen."""
    told = request.POST.get("owner", "")
    if not told:
        raise UserError(_("Choose who is to look after them. Nothing was changed."))
    return None if told == NOBODY else get_object_or_404(holders(besides=besides), pk=whole_number(told))
