from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from guanxi.customer.duplicates.policy import Policy, policy_for
from guanxi.customer.models import DuplicatePolicy, MatchingPolicy
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note

POLICY_SET = "customer.duplicate_policy_set"
THRESHOLD_SET = "customer.merge_threshold_set"


@transaction.atomic
def set_policy(*, entry: str, policy: Policy, by: User, at: datetime) -> bool:
    """Decide what follows at one way in; the audit trail keeps what held before. False when it held already."""
    before = policy_for(entry)
    if before == policy:
        return False
    DuplicatePolicy.objects.update_or_create(entry=entry, defaults=asdict(policy))
    note(verb=POLICY_SET, by=by, at=at, subject=f"policy:{entry}", before=asdict(before), after=asdict(policy))
    return True


@transaction.atomic
def set_threshold(*, automatic_from: float | None, by: User, at: datetime) -> bool:
    """From this probability (0.9 to 1) on customers are merged without a person; None: never. False when it held."""
    held, _ = MatchingPolicy.objects.select_for_update().get_or_create(pk=1)
    before = held.automatic_from
    if before == automatic_from:
        return False
    held.automatic_from = automatic_from
    held.save(update_fields=["automatic_from"])
    note(verb=THRESHOLD_SET, by=by, at=at, before=before, after=automatic_from)
    return True


def threshold() -> float | None:
    """The probability from which customers are merged without a person; None where nobody is."""
    return MatchingPolicy.objects.values_list("automatic_from", flat=True).first()
