"""The two transactions around a handing over: the attempt is noted before, and what came of it after."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.crypto import get_random_string

from guanxi.collaborative.channels.events import failed_event, sent_event
from guanxi.collaborative.channels.mail.carriers import Ending
from guanxi.collaborative.channels.models import Attempt
from guanxi.collaborative.channels.reasons import GAVE_UP, LEFT_OUT
from guanxi.customer import contact_policy
from guanxi.customer.models import Outbox
from guanxi.customer.outbox import repeated
from guanxi.customer.timeline import record_all
from guanxi.foundation.company.queries import current

BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]
End = Attempt.End


@transaction.atomic(durable=True)
def begin(rows: Sequence[Outbox], *, at: datetime) -> list[Attempt]:
    """Note an attempt for each row that is still ours and may still be sent; their lease starts anew.

    Consent may have been withdrawn since a row was written: the contact policy is asked again at the last moment.
    """
    ours = Outbox.objects.filter(pk__in=[row.pk for row in rows], claimed_at=rows[0].claimed_at)
    held = list(ours.filter(sent_at=None, failed_at=None).select_for_update().order_by("pk"))
    Outbox.objects.filter(pk__in=[row.pk for row in held]).update(claimed_at=Now())
    reasons, writer = _reasons(held, at), sender()
    for row in held:
        if reasons[row.pk]:
            _fail(row, f"{LEFT_OUT}{reasons[row.pk]}", at)
    return Attempt.objects.bulk_create(
        Attempt(outbox=row, message_id=_new_message_id(), sender=writer, at=at) for row in held if not reasons[row.pk]
    )


@transaction.atomic(durable=True)
def conclude(endings: Sequence[tuple[Attempt, Ending]], *, at: datetime) -> None:
    """Write what came of each attempt: to the attempt, to the outbox and to the timeline, all or nothing."""
    for attempt, ending in endings:
        attempt.end, attempt.reply, attempt.ended_at = ending.end, ending.reply, at
    Attempt.objects.bulk_update([attempt for attempt, _ in endings], ["end", "reply", "ended_at"])
    sent = [attempt.outbox for attempt, ending in endings if ending.end == End.SENT]
    Outbox.objects.filter(pk__in=[row.pk for row in sent]).update(sent_at=at)
    record_all([sent_event(row, at) for row in sent])
    for attempt, ending in endings:
        if ending.end == End.REFUSED:
            _fail(attempt.outbox, ending.reply, at)
        elif ending.end == End.POSTPONED:
            _postpone(attempt.outbox, ending.reply, at)


def sender() -> str:
    """Who writes: GUANXI_MAIL_FROM, by default the company's name at this machine."""
    company = current()
    return settings.MAIL_FROM or f'"{company.name if company else "Guanxi"}" <guanxi@localhost>'


def _reasons(rows: Sequence[Outbox], at: datetime) -> dict[int, str]:
    """Row → the contact policy's reason, empty when it may be sent.

    Where the row is the only message that waits for its customer, no other can be ahead of it: those rows are asked
    about together. The others are asked about one by one, because the order of the messages decides.
    """
    waiting = Outbox.objects.filter(party__in={row.party_id for row in rows}, sent_at=None, failed_at=None)
    ahead = Counter(waiting.values_list("party", flat=True))
    reasons: dict[int, str] = {}
    alone: dict[tuple[str, str], list[Outbox]] = {}
    for row in rows:
        if ahead[row.party_id] == 1:
            alone.setdefault((row.purpose, row.channel), []).append(row)
        else:
            decision = contact_policy.decide(
                row.party_id, purpose=row.purpose, channel=row.channel, at=at, queued=row.pk
            )
            reasons[row.pk] = decision.reason
    for (purpose, channel), group in alone.items():
        parties = [row.party_id for row in group]
        decisions = contact_policy.decide_all(parties, purpose=purpose, channel=channel, at=at, queued=0)
        reasons |= {row.pk: decisions[row.party_id].reason for row in group}
    return reasons | dict.fromkeys(repeated(rows), contact_policy.Reason.SAME_CUSTOMER.value)


def _postpone(row: Outbox, reply: str, at: datetime) -> None:
    tries = Attempt.objects.filter(outbox=row, end=End.POSTPONED).count()
    if tries > len(BACK_OFF):
        _fail(row, f"{GAVE_UP}{reply}", at)
        return
    Outbox.objects.filter(pk=row.pk).update(claimed_at=None, due_at=at + BACK_OFF[tries - 1], error=reply)


def _fail(row: Outbox, error: str, at: datetime) -> None:
    Outbox.objects.filter(pk=row.pk).update(failed_at=at, error=error)
    record_all([failed_event(row, error, at)])


def _new_message_id() -> str:
    return f"<{get_random_string(32).lower()}@guanxi>"
