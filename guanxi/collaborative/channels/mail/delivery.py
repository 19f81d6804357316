"""Delivering the mail of the outbox.

A tick claims due rows by lease. For each it first notes an attempt with its Message-ID and commits, then hands the mail
over, then writes what came of it. Whatever is killed in between leaves an attempt without an end: that message is in
doubt, is shown as such, and never sent again by itself. With `Smtp.at_once` of one, a killed worker leaves at most one.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from guanxi.collaborative.channels.errors import UnreachableError
from guanxi.collaborative.channels.mail.attempts import begin, conclude
from guanxi.collaborative.channels.mail.carriers import Carrier, Ending, carrier_for
from guanxi.collaborative.channels.mail.composing import UndeliverableError, compose
from guanxi.collaborative.channels.mail.outages import is_resting, note_recovery, note_trouble
from guanxi.collaborative.channels.models import Attempt
from guanxi.collaborative.channels.reasons import NO_ADDRESS
from guanxi.customer.models import Event, Outbox
from guanxi.foundation.jobs.claims import claim
from guanxi.foundation.push.actions import notify

MAIL = Event.Channel.MAIL
BATCH = 200
LEASE = timedelta(minutes=5)


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
    dealt, trouble = _deliver(rows, carrier or carrier_for(settings.MAIL), at)
    _give_back(rows)
    _tell(rows)
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


def _deliver(rows: Sequence[Outbox], carrier: Carrier, at: datetime) -> tuple[int, str]:
    """Send the rows, as many at once as the carrier takes, until it is in trouble: how many, and which trouble."""
    dealt = 0
    try:
        with carrier:
            for group in _groups(rows, carrier.at_once):
                begun = begin(group, at=at)
                conclude([(attempt, _send(attempt, carrier)) for attempt in begun], at=at)
                dealt += len(group)
                if carrier.trouble:
                    break
    except UnreachableError as failure:
        return 0, str(failure)
    return dealt, carrier.trouble


def _send(attempt: Attempt, carrier: Carrier) -> Ending:
    try:
        letter = compose(attempt.outbox, message_id=attempt.message_id, sender=attempt.sender, date=attempt.at)
    except UndeliverableError as failure:
        return Ending(Attempt.End.REFUSED, f"{NO_ADDRESS}{failure}")
    return carrier.carry(letter)


def _give_back(rows: Sequence[Outbox]) -> None:
    """Release the claims on rows that were not reached; the others have another claim time by now, or an end."""
    ours = Outbox.objects.filter(pk__in=[row.pk for row in rows], claimed_at=rows[0].claimed_at)
    ours.filter(sent_at=None, failed_at=None).update(claimed_at=None)


def _tell(rows: Sequence[Outbox]) -> None:
    for programme in {row.programme for row in rows}:
        notify(topic=f"outbox:{programme or 0}", kind="delivered")


def _groups(rows: Sequence[Outbox], size: int) -> Iterator[list[Outbox]]:
    source = iter(rows)
    while group := list(islice(source, size)):
        yield group
