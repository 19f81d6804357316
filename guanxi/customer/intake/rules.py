"""Who is believed for which field, as the administrator has set it."""

from typing import cast

from guanxi.customer.models import BeliefRule
from guanxi.customer.survivorship import How, Rule, Rules
from guanxi.foundation.locks import Lock, share, take_turns


def rules_in_force() -> Rules:
    """The rules, which will not change before the caller's transaction ends: who changes one waits for it.

    So nobody writes what an older rule gave after everybody has been computed by the newer one.
    """
    share(Lock.BELIEF_RULES)
    return rules_as_set()


def rules_as_set() -> Rules:
    """The rules as they stand, to be shown."""
    rows = BeliefRule.objects.values_list("field", "rule", "ranking")
    return {field: Rule(cast(How, rule), tuple(ranking)) for field, rule, ranking in rows}


def hold_rules() -> None:
    """Be alone with the rules until the transaction ends."""
    take_turns(Lock.BELIEF_RULES)
