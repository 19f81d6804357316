"""While a server cannot be reached, messages wait and are tried again, more and more seldom."""

from datetime import datetime, timedelta

from guanxi.collaborative.channels.models import Outage

FIRST_REST = timedelta(seconds=15)
LONGEST_REST = timedelta(minutes=10)


def open_outage(channel: str) -> Outage | None:
    return Outage.objects.filter(channel=channel, ended_at=None).first()


def is_resting(channel: str, *, at: datetime) -> bool:
    """Whether the channel was found unreachable and its next try is still ahead."""
    outage = open_outage(channel)
    # A next try far ahead comes from a clock that was set back: it does not count.
    return outage is not None and at < outage.next_try_at <= at + LONGEST_REST


def note_trouble(channel: str, *, at: datetime, error: str) -> None:
    outage, is_new = Outage.objects.get_or_create(
        channel=channel, ended_at=None, defaults={"since": at, "error": error, "next_try_at": at + FIRST_REST}
    )
    if not is_new:
        outage.tries += 1
        outage.error = error
        outage.next_try_at = at + min(FIRST_REST * 2 ** min(outage.tries, 16), LONGEST_REST)
        outage.save()


def note_recovery(channel: str, *, at: datetime) -> None:
    Outage.objects.filter(channel=channel, ended_at=None).update(ended_at=at)
