from guanxi.customer.models import Computation
from guanxi.foundation.rows import first


def latest_computation() -> Computation | None:
    """What stands behind the current readings, or None before the first refresh."""
    return first(Computation, "true ORDER BY id DESC", [])
