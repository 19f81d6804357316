import json

from django.utils.translation import gettext as _

from guanxi.customer.privacy.traces import ERASED
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError


def undo_once(entry: Entry, *, verb: str) -> None:
    """Hold the entry until the transaction ends. Raises UserError when the trail says `verb` took it back already, or
    says no longer what was changed, because a customer in it was erased."""
    held = Entry.objects.select_for_update().get(pk=entry.pk)
    if Entry.objects.filter(verb=verb, subject=f"entry:{entry.pk}").exists():
        raise UserError(_("This has been taken back already. Nothing was changed."))
    if not held.facts or ERASED in json.dumps(held.facts, ensure_ascii=False):
        raise gone_since()


def gone_since() -> UserError:
    """Why a change of a customer who was erased, or whose import was taken back, stands for good."""
    return UserError(
        _("A customer in this change is no longer on record. It can no longer be taken back; nothing was changed.")
    )
