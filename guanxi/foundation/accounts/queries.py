from datetime import datetime, timedelta

from guanxi.foundation.accounts.models import Attempt

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 8
TRIES_PER_ADDRESS = 40


def has_tried_too_often(*, email: str, address: str, at: datetime) -> bool:
    """Whether this account, or this network address, failed too often in the last quarter of an hour."""
    failed = Attempt.objects.filter(succeeded=False, at__gt=at - WINDOW, at__lte=at)
    by_account = failed.filter(email=email.lower()).count()
    return by_account >= TRIES_PER_ACCOUNT or failed.filter(address=address).count() >= TRIES_PER_ADDRESS
