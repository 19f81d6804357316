"""Whether enough is mapped to take the rows in."""

from django.utils.translation import gettext as _

from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.models import Import

SAYS_WHO = {
    "name", "first_name", "last_name", "company", "latin_name", "email", "phone", "number", "card", "wecom", "uscc",
}  # fmt: skip


def require_fields(import_: Import) -> None:
    """Raise a sentence when a field that is needed has no column, or a question is open."""
    mapped = set(import_.mapping.values())
    if import_.kind == Kind.TRANSACTIONS:
        _require_line(mapped)
    elif not mapped & SAYS_WHO:
        raise UserError(_("No column says who the customer is. Map a name, a number, an e-mail address or a phone."))
    if not import_.source_key:
        raise UserError(_("Say from which system the file comes."))
    if import_.choices.get("dates_open") and not import_.choices.get("dates"):
        raise UserError(_("The dates can be read in two ways. Say whether the day or the month stands first."))


def _require_line(mapped: set[str]) -> None:
    if "at" not in mapped:
        raise UserError(_("No column is mapped to the date. Without it the lines have no place in the history."))
    if not mapped & {"amount", "unit_price"}:
        raise UserError(_("No column is mapped to the unit price or the line amount. Map one of them."))


def is_complete(import_: Import) -> bool:
    """Whether everything that is needed is mapped and decided."""
    try:
        require_fields(import_)
    except UserError:
        return False
    return True
