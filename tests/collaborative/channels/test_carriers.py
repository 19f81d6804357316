from datetime import UTC, datetime
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from guanxi.collaborative.channels.errors import UnreachableError
from guanxi.collaborative.channels.mail.carriers import Captured, Smtp, carrier_for
from guanxi.collaborative.channels.mail.composing import UndeliverableError, compose
from guanxi.collaborative.channels.models import Attempt
from guanxi.customer.models import Outbox
from guanxi.foundation.errors import UserError
from tests.collaborative.channels.mail_server import MailServer, closed_port, mail_server

End = Attempt.End


def letter(to: str = "wang@example.com", **facts: str) -> EmailMessage:
    row = Outbox(address=to, **{"subject": "您的茶壶", "body": "王女士，\n\n.您好\n", **facts})
    return compose(
        row, message_id="<m1@guanxi>", sender='"Northgate" <tea@example.com>', date=datetime(2026, 3, 2, 9, tzinfo=UTC)
    )


def smtp(server: MailServer, *, timeout: float = 5) -> Smtp:
    return Smtp(urlsplit(f"smtp://127.0.0.1:{server.port}"), timeout=timeout)


def test_a_chinese_mail_arrives_as_it_was_written() -> None:
    with mail_server() as server, smtp(server) as carrier:
        assert carrier.carry(letter()).end == End.SENT
    (arrived,) = server.accepted
    assert arrived["Subject"] == "您的茶壶"
    assert arrived["Message-ID"] == "<m1@guanxi>"
    assert arrived["Date"] == "Mon, 02 Mar 2026 09:00:00 +0000"
    text, html = arrived.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == "王女士，\n\n.您好\n"
    assert "<p>.您好</p>" in html.get_content()


def test_every_offer_can_be_ended_by_one_click() -> None:
    mail = letter(unsubscribe_url="https://northgate.example/marketing/unsubscribe/abc/")
    assert mail["List-Unsubscribe"] == "<https://northgate.example/marketing/unsubscribe/abc/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_refused_recipient_does_not_stop_the_next_mail() -> None:
    def answer(address: str) -> str:
        return "550 no such user" if address == "gone@example.com" else "250 OK"

    with mail_server(rcpt=answer) as server, smtp(server) as carrier:
        refused = carrier.carry(letter("gone@example.com"))
        assert (refused.end, refused.reply) == (End.REFUSED, "550 no such user")
        assert carrier.carry(letter()).end == End.SENT
    assert server.recipients == ["wang@example.com"]


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_temporary_failure_is_a_postponement(stage: str) -> None:
    with mail_server(**{stage: lambda _: "451 try later"}) as server, smtp(server) as carrier:
        assert carrier.carry(letter()).end == End.POSTPONED
    assert not server.accepted


def test_a_connection_lost_before_the_content_is_a_postponement() -> None:
    with mail_server(rcpt=lambda _: "HANG UP") as server, smtp(server) as carrier:
        assert carrier.carry(letter()).end == End.POSTPONED
        assert "connection lost" in carrier.trouble


@pytest.mark.parametrize("taken", ["HANG UP", "TAKE AND HANG UP"])
def test_a_connection_lost_after_the_content_is_a_doubt_whatever_the_server_did(taken: str) -> None:
    with mail_server(data=lambda _: taken) as server, smtp(server) as carrier:
        assert carrier.carry(letter()).end == End.IN_DOUBT
        assert "connection lost" in carrier.trouble


def test_a_server_that_answers_too_late_leaves_a_doubt() -> None:
    with mail_server(seconds=1.0) as server, smtp(server, timeout=0.2) as carrier:
        assert carrier.carry(letter()).end == End.IN_DOUBT


def test_a_refused_sender_is_our_trouble_and_not_the_customers() -> None:
    with mail_server(mail="553 not your address") as server, smtp(server) as carrier:
        assert carrier.carry(letter()).end == End.POSTPONED
        assert carrier.trouble == "553 not your address"


def test_a_server_that_is_down_is_said_to_be_unreachable() -> None:
    down = Smtp(urlsplit(f"smtp://127.0.0.1:{closed_port()}"), timeout=1)
    with pytest.raises(UnreachableError, match="refused"), down:
        pytest.fail("there is nobody to talk to")


@pytest.mark.parametrize("address", ["nobody", "王@example.com", "a@b@", "@example.com", "a\n@example.com"])
def test_an_address_that_no_server_can_reach_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(UndeliverableError, match="address"):
        letter(address)


def test_a_line_break_in_a_subject_cannot_add_a_header() -> None:
    assert letter(subject="Tea\r\nBcc: all@example.com")["Subject"] == "Tea Bcc: all@example.com"
    assert letter()["Bcc"] is None


def test_the_setting_names_the_carrier() -> None:
    assert isinstance(carrier_for("capture"), Captured)
    assert isinstance(carrier_for("smtp://localhost:25"), Smtp)
    with pytest.raises(UserError, match="GUANXI_MAIL"):
        carrier_for("mail.example.com")
