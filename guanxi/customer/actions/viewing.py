from collections.abc import Sequence

from django.utils.translation import gettext as _

from guanxi.customer.filters import Condition, as_json
from guanxi.customer.models import SavedView
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError


def save_view(
    *, owner: User, name: str, conditions: Sequence[Condition], order: str, columns: Sequence[str], is_shared: bool
) -> SavedView:
    """Keep a filter, order and choice of columns under a name; the same name again replaces it. Raises UserError."""
    if not name.strip():
        raise UserError(_("A view needs a name. Nothing was saved."))
    facts = {"conditions": as_json(conditions), "order": order, "columns": list(columns), "is_shared": is_shared}
    return SavedView.objects.update_or_create(owner=owner, name=name.strip()[:80], defaults=facts)[0]


def delete_view(*, view: SavedView) -> None:
    """Forget a view; the customers in it stay."""
    view.delete()
