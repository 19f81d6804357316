import json

from django.utils.translation import gettext as _

from guanxi.customer.privacy.traces import ERASED
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError


def undo_once(entry: Entry, *, verb: str) -> None:
    """Hold the entry until the transaction ends. Raises UserError when the trail says `verb` took it back already, or
    says no longer what was changed, because the customer was erased since."""
    held = Entry.objects.select_for_update().get(pk=entry.pk)
    if Entry.objects.filter(verb=verb, subject=f"entry:{entry.pk}").exists():
        raise UserError(_("This has been taken back already. Nothing was changed."))
    if not held.facts or ERASED in json.dumps(held.facts, ensure_ascii=False):
        raise erased_since()


def erased_since() -> UserError:
    """Why what an erasure took out of the trail cannot be taken back."""
    return UserError(
        _("A customer in this change was erased since. It can no longer be taken back; nothing was changed.")
    )
