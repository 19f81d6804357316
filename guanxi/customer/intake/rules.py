"""Who is believed for which field, as the administrator has set it."""

from typing import cast

from django.db import connection

from guanxi.customer.models import BeliefRule
from guanxi.customer.survivorship import How, Rule, Rules

LOCK = 0x67780006  # shared by all who apply the rules, alone to whoever changes one


def rules_in_force() -> Rules:
    """The rules, which will not change before the caller's transaction ends: who changes one waits for it.

    So nobody writes what an older rule gave after everybody has been computed by the newer one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    return rules_as_set()


def rules_as_set() -> Rules:
    """The rules as they stand, to be shown."""
    rows = BeliefRule.objects.values_list("field", "rule", "ranking")
    return {field: Rule(cast(How, rule), tuple(ranking)) for field, rule, ranking in rows}


def hold_rules() -> None:
    """Be alone with the rules until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
