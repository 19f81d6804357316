from datetime import datetime, timedelta

from guanxi.foundation.accounts.models import Attempt, ResetRequest

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 8
TRIES_PER_ADDRESS = 40
LINKS_PER_ACCOUNT = 3
LINKS_PER_ADDRESS = 20


def has_tried_too_often(*, email: str, address: str, at: datetime) -> bool:
    """Whether this account, or this network address, failed too often in the last quarter of an hour."""
    failed = Attempt.objects.filter(succeeded=False, at__gt=at - WINDOW, at__lte=at)
    by_account = failed.filter(email=email.lower()).count()
    return by_account >= TRIES_PER_ACCOUNT or failed.filter(address=address).count() >= TRIES_PER_ADDRESS


def asks_too_often(*, email: str, address: str, at: datetime) -> bool:
    """Whether links were asked for this account, or from this network address, too often in the last hour."""
    asked = ResetRequest.objects.filter(at__gt=at - timedelta(hours=1), at__lte=at)
    by_account = asked.filter(email=email).count()
    return by_account >= LINKS_PER_ACCOUNT or asked.filter(address=address).count() >= LINKS_PER_ADDRESS
