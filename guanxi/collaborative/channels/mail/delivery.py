"""Delivering the mail of the outbox.

A tick claims due rows by lease. For each it first notes an attempt with its Message-ID and commits, then hands the mail
over, then writes what came of it. Whatever is killed in between leaves an attempt without an end: that message is in
doubt, is shown as such, and never sent again by itself. With `Smtp.at_once` of one, a killed worker leaves at most one.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.crypto import get_random_string

from guanxi.collaborative.channels.errors import UnreachableError
from guanxi.collaborative.channels.events import MessageFailed, MessageSent
from guanxi.collaborative.channels.mail.carriers import Carrier, Ending, carrier_for
from guanxi.collaborative.channels.mail.composing import UndeliverableError, compose
from guanxi.collaborative.channels.mail.outages import is_resting, note_recovery, note_trouble
from guanxi.collaborative.channels.models import Attempt
from guanxi.collaborative.channels.reasons import GAVE_UP, LEFT_OUT, NO_ADDRESS
from guanxi.customer import contact_policy
from guanxi.customer.models import Event, Outbox
from guanxi.customer.timeline import Occurrence, record_all
from guanxi.foundation.company.queries import current
from guanxi.foundation.jobs.claims import claim

MAIL = Event.Channel.MAIL
BATCH = 200
LEASE = timedelta(minutes=5)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]


def deliver_due(*, at: datetime, carrier: Carrier | None = None, lease: timedelta = LEASE) -> int:
    """Deliver one batch of what is due at the company's time `at`; how many rows were dealt with, 0 when none waited.

    Call it outside a transaction: attempts must be on disk before the first byte leaves.
    """
    put_in_doubt(at=at, lease=lease)
    if is_resting(MAIL, at=at):
        return 0
    rows = claim(waiting(at), limit=BATCH, lease=lease)
    if not rows:
        return 0
    try:
        with carrier or carrier_for(settings.MAIL) as open_carrier:
            dealt = _hand_over(rows, open_carrier, at)
            trouble = open_carrier.trouble
    except UnreachableError as failure:
        dealt, trouble = 0, str(failure)
    _give_back(rows)
    if trouble:
        note_trouble(MAIL, at=at, error=trouble)
    else:
        note_recovery(MAIL, at=at)
    return dealt


def waiting(at: datetime) -> "QuerySet[Outbox]":
    """Mails due at `at` that have not left, and are not suspected of having left."""
    maybe_left = Attempt.objects.filter(outbox=OuterRef("pk"), end__in=["", "in_doubt"])
    due = Outbox.objects.filter(channel=MAIL, sent_at=None, failed_at=None, due_at__lte=at)
    return due.filter(~Exists(maybe_left)).order_by("due_at", "id")


def put_in_doubt(*, at: datetime, lease: timedelta) -> int:
    """Attempts whose worker has gone are in doubt: the mail may have left, and only a person can find out."""
    gone = Attempt.objects.filter(end="", outbox__claimed_at__lt=Now() - lease)
    return gone.update(end=Attempt.End.IN_DOUBT, ended_at=at, reply="the worker stopped while sending")


def _hand_over(rows: Sequence[Outbox], carrier: Carrier, at: datetime) -> int:
    """Send the rows, as many at once as the carrier takes, until it is in trouble."""
    dealt = 0
    for group in _groups(rows, carrier.at_once):
        begun = _begin(group, at)
        _end([(attempt, _send(attempt, carrier)) for attempt in begun], at)
        dealt += len(group)
        if carrier.trouble:
            break
    return dealt


@transaction.atomic(durable=True)
def _begin(rows: Sequence[Outbox], at: datetime) -> list[Attempt]:
    """Note an attempt for each row that is still ours and may still be sent; the lease starts anew."""
    ours = Outbox.objects.filter(pk__in=[row.pk for row in rows], claimed_at=rows[0].claimed_at, sent_at=None, failed_at=None)
    held = list(ours.select_for_update().order_by("pk"))
    Outbox.objects.filter(pk__in=[row.pk for row in held]).update(claimed_at=Now())
    allowed = [row for row in held if not _refuse_by_policy(row, at)]
    return Attempt.objects.bulk_create(
        Attempt(outbox=row, message_id=_new_message_id(), sender=sender(), at=at) for row in allowed
    )


def _refuse_by_policy(row: Outbox, at: datetime) -> bool:
    """Consent may have been withdrawn since the row was written: ask again at the last moment."""
    decision = contact_policy.decide(row.party_id, purpose=row.purpose, channel=row.channel, at=at)
    if decision.allowed:
        return False
    _fail(row, f"{LEFT_OUT}{decision.reason}", at)
    return True


def _send(attempt: Attempt, carrier: Carrier) -> Ending:
    try:
        letter = compose(attempt.outbox, message_id=attempt.message_id, sender=attempt.sender, date=attempt.at)
    except UndeliverableError as failure:
        return Ending(Attempt.End.REFUSED, f"{NO_ADDRESS}{failure}")
    return carrier.carry(letter)


@transaction.atomic(durable=True)
def _end(endings: Sequence[tuple[Attempt, Ending]], at: datetime) -> None:
    """Write what came of each attempt: to the attempt, to the outbox and to the timeline, all or nothing."""
    for attempt, ending in endings:
        attempt.end, attempt.reply, attempt.ended_at = ending.end, ending.reply, at
    Attempt.objects.bulk_update([attempt for attempt, _ in endings], ["end", "reply", "ended_at"])
    sent = [attempt.outbox for attempt, ending in endings if ending.end == Attempt.End.SENT]
    Outbox.objects.filter(pk__in=[row.pk for row in sent]).update(sent_at=at)
    record_all([_sent_event(row, at) for row in sent])
    for attempt, ending in endings:
        if ending.end == Attempt.End.REFUSED:
            _fail(attempt.outbox, ending.reply, at)
        elif ending.end == Attempt.End.POSTPONED:
            _postpone(attempt.outbox, ending.reply, at)


def _postpone(row: Outbox, reply: str, at: datetime) -> None:
    tries = row.attempts.filter(end=Attempt.End.POSTPONED).count()
    if tries > len(BACK_OFF):
        _fail(row, f"{GAVE_UP}{reply}", at)
        return
    Outbox.objects.filter(pk=row.pk).update(claimed_at=None, due_at=at + BACK_OFF[tries - 1], error=reply)


def _fail(row: Outbox, error: str, at: datetime) -> None:
    Outbox.objects.filter(pk=row.pk).update(failed_at=at, error=error)
    what = MessageFailed(outbox=row.pk, subject=row.subject, reason=error)
    record_all([_event(row, what, at)])


def _give_back(rows: Sequence[Outbox]) -> None:
    """Release claims on rows that were not reached; the others have another claim time by now, or an end."""
    claimed_at = rows[0].claimed_at
    Outbox.objects.filter(pk__in=[row.pk for row in rows], claimed_at=claimed_at, sent_at=None, failed_at=None).update(
        claimed_at=None
    )


def _sent_event(row: Outbox, at: datetime) -> Occurrence:
    what = MessageSent(
        outbox=row.pk, subject=row.subject, purpose=row.purpose, address=row.address, programme=row.programme
    )
    return _event(row, what, at)


def _event(row: Outbox, what: MessageSent | MessageFailed, at: datetime) -> Occurrence:
    return Occurrence(
        party=row.party_id,
        source_record=row.source_record_id,
        what=what,
        at=at,
        channel=row.channel,
        direction=Event.Direction.OUT,
        key=f"outbox:{row.pk}:{type(what).__name__}",
    )


def sender() -> str:
    """Who writes: GUANXI_MAIL_FROM, by default the company's name at this machine."""
    company = current()
    return settings.MAIL_FROM or f'"{company.name if company else "Guanxi"}" <guanxi@localhost>'


def _new_message_id() -> str:
    return f"<{get_random_string(32).lower()}@guanxi>"


def _groups(rows: Sequence[Outbox], size: int) -> Iterator[list[Outbox]]:
    source = iter(rows)
    while group := list(islice(source, size)):
        yield group
