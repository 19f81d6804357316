from datetime import timedelta

from guanxi.customer.merging.realigning import realign
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every

LATELY = timedelta(hours=1)


@every("* * * * *", "customer.realign")
def realign_lately() -> None:
    """Every minute: what was written late to customers merged, or parted, within the hour."""
    realign(since=now() - LATELY)


@every("20 3 * * *", "customer.realign_nightly")
def realign_nightly() -> None:
    """Every night (UTC): whatever else stands with a party that does not hold its record."""
    realign(since=None)
