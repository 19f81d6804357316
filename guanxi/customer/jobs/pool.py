"""Every hour customers whose protection has ended fall back; territories are drawn anew when their rules change."""

from guanxi.customer.actions.charting import place_everybody
from guanxi.customer.actions.recycling import recycle_lot
from guanxi.foundation.company import clock
from guanxi.foundation.jobs.declare import every, job


@every("7 * * * *", "customer.recycle")
def recycle_due() -> None:
    """Lot after lot, each in its own transaction."""
    at = clock.now()
    while recycle_lot(at=at):
        pass


@job("customer.place", alone=True)
def place_customers() -> None:
    """Every customer in the territory that today's rules give it."""
    place_everybody()
