"""What is said about a row: its outcome, the reason why it was rejected, and what is special about it."""

from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Result(StrEnum):
    """What became of a row."""

    ADDED = "added"
    KNOWN = "known"
    CREATED = "created"
    JOINED = "joined"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"
    EMPTY = "empty"
    REJECTED = "rejected"


RESULTS: dict[str, Promise] = {
    Result.ADDED: _("added to the history"),
    Result.KNOWN: _("known already"),
    Result.CREATED: _("new customer"),
    Result.JOINED: _("added to a customer known already"),
    Result.UPDATED: _("customer updated"),
    Result.UNCHANGED: _("unchanged"),
    Result.LEFT_OUT: _("left out"),
    Result.EMPTY: _("empty row"),
    Result.REJECTED: _("rejected"),
}

NOTES: dict[str, Promise] = {
    "return": _("taken back or cancelled: a return"),
    "adjustment": _("free of charge or corrected (zero or negative price): an adjustment"),
    "no_customer": _("no customer; kept in the history"),
    "repeated": _("repeats another line of the same invoice; kept"),
    "new_customer": _("of a customer whose number was not known before"),
    "duplicate": _("resembles another customer, or an earlier row"),
    "review": _("waits in the review: is it a customer known already?"),
    "erased": _("about somebody who was erased; what the row said is no longer kept"),
    "owner_unknown": _("names an owner who may not look after customers here; comes in without that"),
    "partly_read": _("something could not be read, or such customers do not have it; it is kept as it came"),
}

LEFT_OUT: dict[str, Promise] = {
    "repeat": _("It repeats another line of the same invoice, and such lines are counted once."),
    "superseded": _("A later row of the file is about the same customer, and that one counts."),
}

# What may be wrong with a row, a card or a record before its cells are read.
PROBLEMS: dict[str, Promise] = {
    "too_wide": _("The row has more cells than the header has names."),
    "nul": _("The row holds a character that is no text."),
    "encoding": _("Characters of the row cannot be read in the chosen encoding."),
    "too_long": _("A value is longer than a megabyte."),
    "card_unended": _("The card has no end (END:VCARD): the file was cut off, or two cards ran into each other."),
    "card_outside": _("These lines stand outside all cards."),
    "card_line": _("A line of the card has no name and value."),
    "card_data": _("Encoded text of the card cannot be decoded."),
    "card_charset": _("The card names a character set that is not known."),
    "card_group": _("This is a list of contacts, not a contact."),
    "json_broken": _("This is no JSON object: a quotation mark, bracket or comma is missing, or it was cut off."),
}

REJECTIONS: dict[str, Promise] = {
    **PROBLEMS,
    "date_missing": _("The date is missing."),
    "date_unreadable": _("The date cannot be read."),
    "quantity_unreadable": _("The quantity is not a figure."),
    "unit_price_unreadable": _("The unit price is not a figure."),
    "amount_unreadable": _("The amount is not a figure."),
    "quantity_missing": _("The quantity is missing."),
    "price_missing": _("Price and amount are missing."),
    "order_missing": _("The order or invoice number is missing."),
    "external_id_too_long": _("The customer number is longer than 120 characters."),
    "external_id_shortened": _("A spreadsheet has shortened the customer number (1.38E+10): its last digits are lost."),
    "order_id_too_long": _("The order number is longer than 120 characters."),
    "sku_too_long": _("The product number is longer than 64 characters."),
    "currency_other": _("The currency is not the company's."),
    "nothing_said": _("The row says neither a name nor a number, e-mail address or phone."),
    "sum": _("This is a sum, not a customer. If it is one, give it a number, an e-mail address or a phone."),
}

WHY = _("Why it was rejected")  # the name of the last column of a file of rejected rows


def is_why(name: str) -> bool:
    """Whether a column is the one that tells the reason in a file of rejected rows, whatever its language."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.add(str(WHY))
    return name.strip() in names


def sentence(code: str, detail: str | None = None) -> str:
    """Why a row was rejected or left out; a text that is no code of ours is a sentence already."""
    told = REJECTIONS.get(code) or LEFT_OUT.get(code)
    said = str(told) if told else code
    return f"{said} ({detail})" if detail else said
