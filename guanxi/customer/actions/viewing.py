from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.filters import Asked, as_json
from guanxi.customer.models import SavedView
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError

LONGEST = SavedView._meta.get_field("name").max_length or 0


@transaction.atomic
def save_view(
    *, owner: User, name: str, conditions: Sequence[Asked], order: str, columns: Sequence[str], is_shared: bool
) -> SavedView:
    """Keep a filter, order and choice of columns under a name; the same name again replaces it. Raises UserError."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise UserError(_("A view needs a name of at most %(most)s characters. Nothing was saved.") % {"most": LONGEST})
    facts = {"conditions": as_json(conditions), "order": order, "columns": list(columns), "is_shared": is_shared}
    return SavedView.objects.update_or_create(owner=owner, name=name, defaults=facts)[0]


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    """Forget a view; the customers in it stay."""
    view.delete()


@transaction.atomic
def open_with_view(*, owner: User, view: SavedView | None) -> None:
    """Let the colleague's list open with one of their own views, or with all customers."""
    SavedView.objects.filter(owner=owner, is_default=True).update(is_default=False)
    if view is not None:
        SavedView.objects.filter(pk=view.pk, owner=owner).update(is_default=True)
