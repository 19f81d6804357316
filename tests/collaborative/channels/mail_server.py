"""A real SMTP server with moods: it refuses, postpones, hangs up, or takes what it is given."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """Answers by recipient; what it accepted stands in `accepted`, by Message-ID."""

    port: int = 0
    rcpt: Callable[[str], str] = lambda _: "250 OK"
    data: Callable[[str], str] = lambda _: "250 OK"
    mail: str = "250 OK"
    seconds: float = 0.0
    accepted: list[EmailMessage] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 (aiosmtpd looks for this name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802 (aiosmtpd looks for this name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt(address)
        if answer == "HANG UP":
            server.transport.abort()
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        answer = self.data(envelope.rcpt_tos[0])
        if answer in {"TAKE AND HANG UP", "250 OK"}:
            self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if "HANG UP" in answer:
            server.transport.abort()
        return answer

    @property
    def recipients(self) -> list[str]:
        return [str(letter["To"]) for letter in self.accepted]


@contextmanager
def mail_server(**moods: object) -> Iterator[MailServer]:
    """The server on a free port of the loopback, in a thread of its own."""
    moody = MailServer(**moods)  # type: ignore[arg-type]
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: SMTP(moody, loop=loop), "127.0.0.1", 0))
    moody.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield moody
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def closed_port() -> int:
    """A port of the loopback where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
