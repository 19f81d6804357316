"""Follow-ups renew the protection of a claim."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from guanxi.customer.timeline import Occurrence

# recycle_at = max(recycle_at, follow-up + renewal), never past the maximum; a late entry of an old call takes nothing
# away. A party that was merged is followed up through the one that holds its records now.
RENEW = """
    UPDATE customer_claim SET
        followed_at = GREATEST(followed_at, told.at),
        recycle_at = LEAST(GREATEST(recycle_at, told.at + renewal_days * interval '24 hours'), maximum_at)
    FROM (
        SELECT party, holder, max(at) AS at FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[])
            AS one (party, holder, at) GROUP BY party, holder
    ) AS told
    WHERE customer_claim.party_id = told.party AND holder_id = told.holder
      AND released_at IS NULL AND told.at >= claimed_at
"""


def renew(occurrences: Sequence[Occurrence]) -> None:
    """Every contact of a claim's holder with the customer is a follow-up; listens to the timeline."""
    told: list[tuple[int, int, datetime]] = [
        (each.party, each.by.pk, each.at) for each in occurrences if each.what.touches and each.by is not None
    ]
    if told:
        with connection.cursor() as cursor:
            cursor.execute(RENEW, [list(values) for values in zip(*told, strict=True)])
