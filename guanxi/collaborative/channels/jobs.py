"""The worker's part of the channels: deliver what is due."""

from guanxi.collaborative.channels.mail.delivery import deliver_due
from guanxi.foundation.company import clock
from guanxi.foundation.jobs.declare import every

BATCHES = 100  # a tick; what is left waits for the next one


@every("* * * * * */2", "channels.deliver_mail")
def deliver_mail() -> None:
    """Mails that are due, batch by batch. Several workers share them; a killed one loses nothing."""
    for _ in range(BATCHES):
        if not deliver_due(at=clock.now()):
            break
