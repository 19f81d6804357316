from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.erasing import erase
from guanxi.customer.privacy.replaying import replay
from guanxi.customer.privacy.retaining import apply_rules
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job


@job("customer.carry_on_erasure")
def carry_on_erasure(request_id: int) -> None:
    """Do what is left of one erasure."""
    erase(request_id=request_id, clock=now)


@every("*/5 * * * *", "customer.carry_on_erasures")
def carry_on_erasures() -> None:
    """Go on with erasures whose process died, and repeat those that a restored backup took back."""
    replay(at=now())
    started = PrivacyRequest.objects.exclude(started_at=None).filter(finished_at=None)
    for request_id in started.order_by("id").values_list("pk", flat=True):
        erase(request_id=request_id, clock=now)


@every("30 4 * * *", "customer.retain", attempts=2)
def apply_retention_rules() -> None:
    """At night (UTC), after the readings were made anew: propose or start the erasure of whose time is over."""
    apply_rules(at=now())
