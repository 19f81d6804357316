from guanxi.customer.models import Computation


def latest_computation() -> Computation | None:
    """What stands behind the current readings, or None before the first refresh."""
    return Computation.objects.order_by("-pk").first()
