"""The few sentences that scripts say, in the reader's language; handed to the page as JSON."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Key to sentence. `{name}`-like slots are filled by the script."""
    return {
        "undo": _("Undo"),
        "close": _("Close"),
        "cancel": _("Cancel"),
        "confirm": _("Yes, do it"),
        "sure": _("Are you sure?"),
        "copied": _("Copied."),
        "nothing_found": _("Nothing found. Try a name, pinyin initials, the end of a phone number or an order number."),
        "searching": _("Searching…"),
        "offline": _("There is no connection. What is on the page is safe; the last change was not saved. Try again."),
        "server_failed": _(
            "Something failed on our side and nothing was changed. Try again, or tell your administrator."
        ),
        "not_found": _("This is no longer here, or it is not yours to see."),
        "signed_out": _("You have been signed out. Log in again; what you typed is still on the page."),
        "too_many": _("Too many attempts. Wait a minute, then try again."),
        "lifted": _("{card} lifted. Arrow keys move it, Enter drops it, Escape puts it back."),
        "moved": _("{card} is now in {lane}, place {place}."),
        "dropped": _("{card} dropped in {lane}."),
        "put_back": _("{card} is back where it was."),
        "refused": _("{card} could not be moved and is back where it was."),
        "selected": _("{count} selected"),
        "no_chart": _("The chart could not be drawn. The table below holds the same figures."),
        "no_data": _("There is nothing to draw yet."),
    }
