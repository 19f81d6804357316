from django.utils.translation import gettext as _

from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError


def undo_once(entry: Entry, *, verb: str) -> None:
    """Hold the entry until the transaction ends. Raises UserError when the trail says `verb` took it back already."""
    Entry.objects.select_for_update().get(pk=entry.pk)
    if Entry.objects.filter(verb=verb, subject=f"entry:{entry.pk}").exists():
        raise UserError(_("This has been taken back already. Nothing was changed."))
