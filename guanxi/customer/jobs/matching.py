from guanxi.customer.proposing import merge_surest, propose_matches
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every


@every("0 1 * * *", "customer.propose_matches", attempts=2)
def propose_and_merge() -> None:
    """At one in the night (UTC), before the readings are made anew: proposals, then merges above the threshold."""
    at = now()
    propose_matches(at=at)
    merge_surest(at=at)
