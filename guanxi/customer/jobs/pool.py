"""Every hour customers whose protection has ended fall back; territories are drawn anew when their rules change."""

from guanxi.customer.actions.charting import place_everybody
from guanxi.customer.actions.pooling import enrol_lot
from guanxi.customer.actions.recycling import recycle_lot
from guanxi.customer.models import Pool
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company import clock
from guanxi.foundation.jobs.declare import every, job


@every("7 * * * *", "customer.recycle")
def recycle_due() -> None:
    """Lot after lot, each in its own transaction."""
    at = clock.now()
    while recycle_lot(at=at):
        pass


@job("customer.enrol")
def enrol_owned(pool: int, by: int) -> None:
    """Owned customers of a pool's scope taken under its rules, lot after lot; who is claimed already is passed over."""
    wanted, person, at = Pool.objects.get(pk=pool), User.objects.filter(pk=by).first(), clock.now()
    after: int | None = 0
    while after is not None:
        _taken, after = enrol_lot(pool=wanted, after=after, by=person, at=at)


@job("customer.place", alone=True)
def place_customers() -> None:
    """Every customer in the territory that today's rules give it."""
    place_everybody()
