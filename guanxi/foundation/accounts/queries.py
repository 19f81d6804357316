from datetime import datetime, timedelta

from django.db.models import Count, Q

from guanxi.foundation.accounts.models import Attempt, ResetRequest

WINDOW = timedelta(minutes=15)
TRIES = 8  # for one account from one network address
TRIES_PER_ADDRESS = 40
TRIES_PER_ACCOUNT = 200  # more than a few addresses can use up: strangers are not to lock the owner out
LINKS_PER_ACCOUNT = 3
LINKS_PER_ADDRESS = 20


def has_tried_too_often(*, email: str, address: str, at: datetime) -> bool:
    """Whether an attempt, already written, is one too many of its last quarter of an hour.

    Few may fail for one account from one network address, more from the address, and most for the account.
    """
    failed = Attempt.objects.filter(succeeded=False, at__gt=at - WINDOW, at__lte=at)
    of_account, of_address = Q(email=email.lower()), Q(address=address)
    tried = failed.aggregate(
        both=Count("pk", filter=of_account & of_address),
        address=Count("pk", filter=of_address),
        account=Count("pk", filter=of_account),
    )
    return bool(tried["both"] > TRIES or tried["address"] > TRIES_PER_ADDRESS or tried["account"] > TRIES_PER_ACCOUNT)


def asks_too_often(*, email: str, address: str, at: datetime) -> bool:
    """Whether links were asked for this account, or from this network address, too often in the last hour."""
    asked = ResetRequest.objects.filter(at__gt=at - timedelta(hours=1), at__lte=at)
    by_account = asked.filter(email=email).count()
    return by_account >= LINKS_PER_ACCOUNT or asked.filter(address=address).count() >= LINKS_PER_ADDRESS
