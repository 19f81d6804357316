from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from guanxi.customer.duplicates.policy import Policy, policy_for
from guanxi.customer.models import DuplicatePolicy
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note

POLICY_SET = "customer.duplicate_policy_set"


@transaction.atomic
def set_policy(*, entry: str, policy: Policy, by: User, at: datetime) -> bool:
    """Decide what follows at one way in; the audit trail keeps what held before. False when it held already."""
    before = policy_for(entry)
    if before == policy:
        return False
    DuplicatePolicy.objects.update_or_create(entry=entry, defaults=asdict(policy))
    note(verb=POLICY_SET, by=by, at=at, subject=f"policy:{entry}", before=asdict(before), after=asdict(policy))
    return True
