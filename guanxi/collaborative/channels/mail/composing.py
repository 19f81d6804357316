"""From an outbox row to a mail: the same row and attempt always give the same bytes."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from guanxi.customer.models import Outbox
from guanxi.foundation.letters import page_of

POLICY = SMTP.clone(cte_type="7bit")  # not every server takes eight bits


class UndeliverableError(Exception):
    """The row itself can never become a mail; the text says why."""


def compose(row: Outbox, *, message_id: str, sender: str, date: datetime) -> EmailMessage:
    """Text and HTML alternatives with all headers, unsubscribing by one click included (RFC 8058).

    Raises:
        UndeliverableError: the address is not one, or needs what mail servers do not agree on.
    """
    letter = EmailMessage(policy=POLICY)
    letter["From"] = sender
    letter["To"] = _address(row.address)
    letter["Subject"] = " ".join(row.subject.split())
    letter["Date"] = date
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"
    if row.unsubscribe_url:
        letter["List-Unsubscribe"] = f"<{row.unsubscribe_url}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(row.body)
    letter.add_alternative(page_of(row.subject, row.body), subtype="html")
    letter.set_boundary(f"=_{message_id.strip('<>').partition('@')[0]}")
    return letter


def _address(written: str) -> Address:
    name, _, domain = written.strip().rpartition("@")
    try:
        found = Address(username=name, domain=domain.encode("idna").decode("ascii"))
        name.encode("ascii")
    except (ValueError, IndexError) as wrong:  # UnicodeError is a ValueError
        raise UndeliverableError(f"“{written}” is not an address a mail server can reach.") from wrong
    if not name or not domain:
        raise UndeliverableError(f"“{written}” is not an e-mail address.")
    return found
