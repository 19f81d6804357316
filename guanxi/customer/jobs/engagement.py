from guanxi.customer.engagement.promises import note_breaches
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every


@every("7 * * * *", "customer.note_breaches")
def note_broken_promises() -> None:
    """Tell the timelines of promises whose day is over."""
    while note_breaches(at=now()):
        pass
