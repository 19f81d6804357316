"""Why a message failed. What the row keeps is a prefix and a detail; people read a sentence in their language."""

from django.utils.translation import gettext as _

LEFT_OUT = "left out: "
NO_ADDRESS = "no address: "
GAVE_UP = "gave up: "


def reason_said(error: str) -> str:
    """The sentence for what stands in `Outbox.error`; a server's own words stay as they are."""
    if error.startswith(LEFT_OUT):
        return _("Not sent, because at the last moment the customer could no longer be written to.")
    if error.startswith(NO_ADDRESS):
        return error.removeprefix(NO_ADDRESS)
    if error.startswith(GAVE_UP):
        return _("Given up after repeated tries. The server said last: %(reply)s") % {
            "reply": error.removeprefix(GAVE_UP)
        }
    return _("The server refused: %(reply)s") % {"reply": error}
