"""How a mail leaves: through a mail server, or captured, when nothing may leave the machine."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import SplitResult, unquote, urlsplit

from guanxi.collaborative.channels.errors import UnreachableError
from guanxi.collaborative.channels.models import Attempt
from guanxi.foundation.errors import UserError

TIMEOUT = 60.0  # seconds for each answer of the server
LEADING_DOT = re.compile(rb"(?m)^\.")
READY_FOR_DATA = 354
CLOSING = 421
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Ending:
    """What came of one try, with the server's own words."""

    end: Attempt.End
    reply: str


class Carrier(Protocol):
    """Takes mails. `at_once` is how many may be under way, hence in doubt after a crash; `trouble` ends the batch."""

    at_once: int
    trouble: str

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
    def carry(self, letter: EmailMessage) -> Ending: ...


class Captured:
    """Nothing leaves the machine: the outbox itself is the mailbox, and its viewer shows what would have been sent."""

    at_once = 200
    trouble = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def carry(self, letter: EmailMessage) -> Ending:
        return Ending(Attempt.End.SENT, "captured")


class Smtp:
    """One connection for a batch, spoken stage by stage, because only the stage tells what a lost connection means."""

    at_once = 1

    def __init__(self, address: SplitResult, *, timeout: float = TIMEOUT) -> None:
        self.address, self.timeout = address, timeout
        self.trouble = ""

    def __enter__(self) -> Self:
        """Connect, switch to TLS where offered, log in. Raises UnreachableError with the reason."""
        try:
            self._server = self._connect()
            self._log_in()
        except (OSError, smtplib.SMTPException) as failure:
            raise UnreachableError(f"{self.address.hostname}:{self.address.port}: {failure}") from failure
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._server.quit()
        except (OSError, smtplib.SMTPException):
            self._server.close()  # nothing is under way any more: a farewell that fails costs nothing

    def carry(self, letter: EmailMessage) -> Ending:
        """Hand one mail over. A connection lost before the content left is a postponement, after it a doubt."""
        content = LEADING_DOT.sub(b"..", letter.as_bytes())
        try:
            refusal = self._announce(letter)
        except (OSError, smtplib.SMTPException) as lost:
            return self._lost(Attempt.End.POSTPONED, lost)
        if refusal:
            return refusal
        try:
            self._server.send(content + b".\r\n")
            return self._ending(*self._server.getreply())
        except (OSError, smtplib.SMTPException) as lost:
            return self._lost(Attempt.End.IN_DOUBT, lost)

    def _announce(self, letter: EmailMessage) -> Ending | None:
        code, reply = self._server.mail(letter["From"].addresses[0].addr_spec)
        if code >= 400:  # our own address is refused: the next message would fare no better
            self.trouble = f"{code} {_text(reply)}"
            self._server.rset()
            return Ending(Attempt.End.POSTPONED, self.trouble)
        code, reply = self._server.rcpt(letter["To"].addresses[0].addr_spec)
        if code < 300:
            code, reply = self._server.docmd("DATA")
        if code == READY_FOR_DATA:
            return None
        self._server.rset()
        return self._ending(code, reply)

    def _ending(self, code: int, reply: bytes) -> Ending:
        said = f"{code} {_text(reply)}"
        if code == CLOSING:
            self.trouble = said
        if code < 300:
            return Ending(Attempt.End.SENT, said)
        return Ending(Attempt.End.REFUSED if code >= 500 else Attempt.End.POSTPONED, said)

    def _lost(self, end: Attempt.End, failure: Exception) -> Ending:
        self.trouble = f"connection lost: {failure}"
        self._server.close()
        return Ending(end, self.trouble)

    def _connect(self) -> smtplib.SMTP:
        host, port = str(self.address.hostname), self.address.port
        if self.address.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=self.timeout, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port or 25, timeout=self.timeout)
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls") and host not in LOOPBACK:
            server.starttls(context=ssl.create_default_context())
        return server

    def _log_in(self) -> None:
        if self.address.username is None:
            return
        secret = self.address.scheme == "smtps" or isinstance(self._server.sock, ssl.SSLSocket)
        if not secret and self.address.hostname not in LOOPBACK:
            raise UnreachableError("the server offers no TLS, and the password is not sent in the clear")
        self._server.login(unquote(self.address.username), unquote(self.address.password or ""))


def carrier_for(setting: str) -> Captured | Smtp:
    """The carrier that `GUANXI_MAIL` names: `capture`, `smtp://user:pass@host:port` or `smtps://…`."""
    if setting == "capture":
        return Captured()
    address = urlsplit(setting)
    if address.scheme not in {"smtp", "smtps"} or not address.hostname:
        raise UserError("GUANXI_MAIL must be “capture” or look like smtp://user:password@host:port. No mail was sent.")
    return Smtp(address)


def _text(reply: bytes) -> str:
    return reply.decode("utf-8", "replace").replace("\n", " ")
