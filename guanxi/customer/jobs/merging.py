from datetime import timedelta

from guanxi.customer.believing.withdrawing import reappraise_source
from guanxi.customer.merging.realigning import realign
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job

LATELY = timedelta(hours=1)


@every("* * * * *", "customer.realign")
def realign_lately() -> None:
    """Every minute: what was written late to customers merged, or parted, within the hour."""
    realign(since=now() - LATELY)


@every("20 3 * * *", "customer.realign_nightly")
def realign_nightly() -> None:
    """Every night (UTC): whatever else stands with a party that does not hold its record."""
    realign(since=None)


@job("customer.reappraise_source")
def reappraise_one_source(source: int) -> None:
    """After a source was withdrawn, or is heard again."""
    reappraise_source(source)
